import { expect, it } from 'vitest';
import { forgeOf } from './forge.ts';

it.each([
  [null, 'https://github.com/org/repo.git', 'github'],
  [null, 'https://gitlab.com/group/sub/repo.git', 'gitlab'],
  [null, 'https://codeberg.org/org/repo', 'gitea'],
  [null, 'https://bitbucket.org/org/repo.git', 'bitbucket-cloud'],
  [null, 'https://git.example.com/org/repo.git', null],
  ['gitlab', 'https://git.example.com/org/repo.git', 'gitlab'],
  ['gitea', 'https://github.com/org/repo.git', 'gitea'],
  ['other', 'https://github.com/org/repo.git', 'github'],
  [null, 'https://github.com.evil.example/org/repo.git', null],
  [null, 'git@github.com:org/repo.git', null],
  [null, '', null],
])('%s, %s → %s', (declared, url, forge) => {
  expect(forgeOf(declared, url)).toBe(forge);
});
