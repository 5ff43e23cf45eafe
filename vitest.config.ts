import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '.next/**', 'e2e/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{lib,app,components}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['lib/**/*.db.test.ts'],
          exclude,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['lib/testing/postgres-global-setup.ts'],
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['e2e/faults/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 90_000,
          hookTimeout: 420_000,
          globalSetup: ['lib/testing/postgres-global-setup.ts'],
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['e2e/engine/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 420_000,
          globalSetup: ['lib/testing/postgres-global-setup.ts'],
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['e2e/contract/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 420_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
