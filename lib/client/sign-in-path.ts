/** The sign-in page, from where one comes back to `page` (path and query). */
export function signInPath(page: string): string {
  return page === '/' || page.startsWith('/sign-in') ? '/sign-in' : `/sign-in?next=${encodeURIComponent(page)}`;
}

/** A page of this console; anything else that stands in the address leads to the fleet. */
export function pageAfterSignIn(next: string | string[] | undefined): string {
  if (typeof next !== 'string') return '/';
  const origin = 'http://console.invalid';
  const url = URL.parse(next, origin);
  return url === null || !next.startsWith('/') || url.origin !== origin ? '/' : `${url.pathname}${url.search}`;
}
