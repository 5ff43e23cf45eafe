import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import type { ApiSession } from '../api-session.ts';
import type { Place } from './place.ts';

const APP = path.resolve(import.meta.dirname, '../../app');

/** The address of every page file; `[id]` is each of the applications, a link to join leads nowhere. */
function addressesOf(applications: readonly string[]): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
  const patterns = files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => `/${path.dirname(file)}`.replaceAll(/\/\([^)]+\)/g, '').replace(/\/\.$/, '') || '/');
  return patterns.flatMap((pattern) => {
    if (pattern.includes('[token]')) return [pattern.replace('[token]', 'leads-nowhere')];
    if (!pattern.includes('[')) return [pattern];
    if (!pattern.startsWith('/applications/[id]')) throw new Error(`No example of ${pattern} is known: add one here.`);
    return applications.map((id) => pattern.replace('[id]', id));
  });
}

/** The HTML and the server components' payload of every page, as they are sent. */
export async function walkPages(admin: ApiSession, applications: readonly string[]): Promise<Place[]> {
  const places: Place[] = [];
  for (const address of addressesOf(applications)) {
    for (const kind of ['text/html', 'text/x-component']) {
      const response = await fetch(new URL(address, admin.url), {
        headers: { cookie: admin.cookie, ...(kind === 'text/html' ? {} : { rsc: '1' }) },
        signal: AbortSignal.timeout(60_000),
      });
      places.push({ where: `${kind} of ${address}`, text: await response.text() });
      expect(response.status, address).toBeLessThan(500);
    }
  }
  return places;
}

/** A browser where the admin is signed in. */
export async function signInTo(context: BrowserContext, admin: ApiSession): Promise<Page> {
  const cookies = admin.cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url: admin.url };
  });
  await context.addCookies(cookies);
  return context.newPage();
}

/** What a person sees once everything is loaded: the page as it stands, with the values of its fields. */
export async function seen(page: Page, where: string): Promise<Place> {
  // Hydrated, and following the stream.
  await expect(page.getByText('Connecting', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('main').or(page.getByRole('dialog')).first()).toBeVisible();
  await expect(page.getByRole('status', { name: /^(Loading|Asking|Comparing|Computing)/ })).toHaveCount(0);
  return {
    where: `the screen of ${where}`,
    text: `${await page.content()}\n${await page.locator('body').innerText()}`,
  };
}
