import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { RenderError } from '#lib/ports/renderer.ts';

import { joinInside, openTree, type Tree } from './tree.ts';

describe('the tree a render may see', () => {
  let folder: string;
  let root: string;
  const open = (): Tree => openTree(root, { maxBytes: 100, maxFiles: 3 });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tree-'));
    root = join(folder, 'root');
    for (const [path, text] of Object.entries({ 'a/b/file': '12345', 'real/x': 'x', big: 'x'.repeat(101) })) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await writeFile(join(folder, 'outside'), 'secret');
    const links = {
      absolute: '/etc/passwd',
      'a/absolute-inside': join(root, 'real/x'),
      out: '../outside',
      'a/b/out': '../../../outside',
      'chain-1': 'chain-2',
      'chain-2': 'a/../real',
      'circle-1': 'circle-2',
      'circle-2': 'circle-1',
      self: 'self/x',
      dangling: 'nothing/here',
      'up-and-down': '../root/real/x',
    };
    for (const [path, target] of Object.entries(links)) await symlink(target, join(root, path));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds files and folders, and remembers what it looked for', async () => {
    const tree = open();
    expect(await tree.find('a/b/file')).toEqual({ path: 'a/b/file', kind: 'file', size: 5 });
    expect(await tree.find('')).toMatchObject({ path: '', kind: 'directory' });
    expect(await tree.find('a/nothing/deeper')).toBeNull();
    expect(await tree.find('a/b/file/below')).toBeNull();
    expect(tree.reads()).toEqual(['a/b/file', 'a/nothing']);
  });

  it('follows links inside and marks each of them', async () => {
    const tree = open();
    expect(await tree.find('chain-1/x')).toMatchObject({ path: 'real/x', kind: 'file' });
    expect(await tree.find('dangling')).toBeNull();
    expect(tree.reads()).toEqual(['chain-1', 'chain-2', 'dangling', 'nothing']);
  });

  it.each(['absolute', 'a/absolute-inside', 'out', 'a/b/out', 'circle-1', 'self', 'up-and-down'])(
    'refuses the link %s',
    async (path) => {
      await expect(open().find(path)).rejects.toMatchObject({ reason: 'unsafe-path', file: path });
    },
  );

  it.each([
    ['a', '../b', 'b'],
    ['a/b', './c/', 'a/b/c'],
    ['', '.', ''],
    ['a', '..', ''],
  ])('joins %j and %j to %j', (base, path, joined) => {
    expect(joinInside(base, path)).toBe(joined);
  });

  it.each([
    ['', '..'],
    ['a', '../../x'],
    ['a/b', '../../../a/b'],
    ['', 'a/../../x'],
  ])('refuses to join %j and %j', (base, path) => {
    expect(() => joinInside(base, path)).toThrow('leaves the repository');
  });

  it('never answers anything outside, whatever the path', async () => {
    const parts = fc.constantFrom(
      '..',
      '.',
      '',
      'a',
      'b',
      'real',
      'out',
      'chain-1',
      'absolute',
      'circle-1',
      'file',
      'root',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { maxLength: 6 }), async (path) => {
        const tree = open();
        const entry = await tree.find(path.join('/')).catch((error: unknown) => {
          if (error instanceof RenderError) return null;
          throw error;
        });
        const inside =
          entry === null || `${await realpath(join(root, entry.path))}/`.startsWith(`${await realpath(root)}/`);
        expect(inside && tree.reads().every((read) => !read.startsWith('..') && !read.startsWith('/'))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('caps one file, the sum and the count before reading', async () => {
    const tree = open();
    const big = await tree.find('big');
    const small = await tree.find('a/b/file');
    if (big === null || small === null) throw new Error('fixture');
    expect(() => tree.count(big)).toThrow(expect.objectContaining({ reason: 'too-large', file: 'big' }));
    const other = open();
    for (let time = 0; time < 3; time += 1) other.count(small);
    expect(() => other.count(small)).toThrow('More than 3 files');
  });

  it('answers the shortest cover', () => {
    const tree = open();
    for (const path of ['a/b', 'a/b/c', 'a', 'ab', 'a-b/c']) tree.markRead(path);
    expect(tree.reads()).toEqual(['a', 'a-b/c', 'ab']);
    tree.markRead('');
    expect(tree.reads()).toEqual(['.']);
  });
});
