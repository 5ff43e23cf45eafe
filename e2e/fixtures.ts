import { type Browser, type BrowserContextOptions, type Page, test as base } from '@playwright/test';
import { ApiSession } from './api-session.ts';
import { open as openLive } from './console.ts';
import { openYard, type Yard } from './yard.ts';

/** The person whose session a page is opened with; null = nobody. */
type Visitor = ApiSession | null;

interface Crew {
  admin: ApiSession;
  operator: ApiSession;
  viewer: ApiSession;
}

interface OfWorker {
  crew: Crew;
  yard: Yard;
}

interface OfTest {
  admin: ApiSession;
  /** Opens a page of its own in a browser of its own, as somebody. */
  visit(visitor: Visitor, path: string, options?: BrowserContextOptions): Promise<Page>;
}

export const baseUrl = (): string => process.env['QUARTERDECK_E2E_URL'] ?? '';

const WIDE = { width: 1440, height: 900 };

/** A page signed in as somebody, without the form; `signs in` of the main job is what tests the form. */
export async function openPage(browser: Browser, visitor: Visitor, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseUrl(), viewport: WIDE, ...options });
  if (visitor !== null) await context.addCookies(visitor.cookies());
  return context.newPage();
}

/** Playwright's test with people who are signed in and a yard of applications that a journey may break. */
export const test = base.extend<OfTest, OfWorker>({
  crew: [
    // oxlint-disable-next-line no-empty-pattern -- how a fixture says that it needs no other
    async ({}, use) => {
      const admin = await ApiSession.signIn(baseUrl());
      const suffix = Date.now().toString(36);
      const [operator, viewer] = [
        await admin.invite('operator', `olga-${suffix}`),
        await admin.invite('viewer', `vera-${suffix}`),
      ];
      await use({ admin, operator, viewer });
    },
    { scope: 'worker' },
  ],
  yard: [
    async ({ crew }, use) => {
      const yard = await openYard(crew.admin);
      await use(yard);
      await yard.stop();
    },
    { scope: 'worker' },
  ],
  admin: async ({ crew }, use) => use(crew.admin),
  page: async ({ browser, crew }, use) => {
    const page = await openPage(browser, crew.admin);
    await use(page);
    await page.context().close();
  },
  visit: async ({ browser }, use) => {
    const opened: Page[] = [];
    await use(async (visitor, path, options) => {
      const page = await openPage(browser, visitor, options);
      opened.push(page);
      await (visitor === null ? page.goto(path) : openLive(page, path));
      return page;
    });
    for (const page of opened) await page.context().close();
  },
});
