import { defineConfig } from 'prisma/config';

// Prisma insists on this file at the root. Generation needs no database; migrations run through lib/database/migrate.ts.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
});
