import { mkdir, writeFile } from 'node:fs/promises';
import { openApiDocument } from '#lib/contracts/openapi.ts';

// The bootstrap has generated the Prisma client; what is left is the document of the API.
await mkdir('public', { recursive: true });
await writeFile('public/openapi.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`);
process.stdout.write('Generated public/openapi.json.\n');
