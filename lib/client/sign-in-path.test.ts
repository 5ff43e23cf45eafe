import { describe, expect, it } from 'vitest';
import { pageAfterSignIn, signInPath } from './sign-in-path.ts';

describe('the way back after signing in', () => {
  it.each([
    ['/applications?q=cluster%3Adev', '/applications?q=cluster%3Adev'],
    ['/', '/'],
    [undefined, '/'],
    [['/drift', '/audit'], '/'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example/', '/'],
    ['/\t/evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['drift', '/'],
  ])('%j leads to %s', (next, page) => {
    expect(pageAfterSignIn(next)).toBe(page);
  });

  it('carries the page that was wanted, but neither the fleet nor itself', () => {
    expect(signInPath('/drift?state=all')).toBe('/sign-in?next=%2Fdrift%3Fstate%3Dall');
    expect(signInPath('/')).toBe('/sign-in');
    expect(signInPath('/sign-in?next=%2Fdrift')).toBe('/sign-in');
  });
});
