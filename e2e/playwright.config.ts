import chromium from '@sparticuz/chromium';
import { defineConfig } from '@playwright/test';

/** Journeys through the product as `npm start` brings it up, in a real browser, one after the other. */
export default defineConfig({
  testDir: '.',
  testMatch: ['journeys/**/*.spec.ts', 'api/**/*.spec.ts'],
  outputDir: '../test-results',
  workers: 1,
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  globalSetup: './global-setup.ts',
  reporter: [['list'], ['json']],
  use: {
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: await chromium.executablePath(),
      // One process for everything is for functions in the cloud; it dies with the first closed context.
      // Nor is the browser to be laxer than a person's.
      args: chromium.args.filter(
        (arg) => !/^--(headless|single-process|no-zygote|disable-web-security|allow-running-insecure)/.test(arg),
      ),
    },
  },
});
