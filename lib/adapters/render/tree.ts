import { lstat, readFile, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';

import { RenderError } from '#lib/ports/renderer.ts';

export interface TreeEntry {
  /** Path inside the repository with every link followed; '' is the root. */
  path: string;
  kind: 'file' | 'directory';
  /** Bytes; 0 for a folder. */
  size: number;
}

export interface TreeLimits {
  maxBytes: number;
  maxFiles: number;
}

/** The checkout as a render may see it: nothing outside is reachable, and everything looked at is remembered. */
export interface Tree {
  /** Follows a path (relative to the root) link by link; null when absent. Throws RenderError 'unsafe-path'. */
  find(path: string): Promise<TreeEntry | null>;
  /** Counts a file that will be read against the caps, before anything of it is read. Throws RenderError 'too-large'. */
  count(entry: TreeEntry): void;
  /** Text of a file already counted. */
  text(entry: TreeEntry): Promise<string>;
  /** Marks a file or a whole folder as read. */
  markRead(path: string): void;
  /** Everything read, followed or looked for, the shortest list that covers it; `.` = the whole repository. */
  reads(): string[];
  absolute(path: string): string;
}

const MAX_LINKS = 40;
const REPLACE = 'replace the link by what it leads to, or by one to a place inside';

export function openTree(root: string, limits: TreeLimits): Tree {
  const marked = new Set<string>();
  let bytes = 0;
  let files = 0;
  const count = (entry: TreeEntry): void => {
    files += 1;
    bytes += entry.size;
    if (files > limits.maxFiles) {
      throw new RenderError('too-large', `More than ${limits.maxFiles} files would be read.`, { file: entry.path });
    }
    if (entry.size > limits.maxBytes || bytes > limits.maxBytes) {
      const what =
        entry.size > limits.maxBytes ? `"${entry.path}" has ${mib(entry.size)}` : `The files have ${mib(bytes)}`;
      throw new RenderError('too-large', `${what} MiB; at most ${mib(limits.maxBytes)} MiB are rendered.`, {
        file: entry.path,
      });
    }
  };
  return {
    find: (path) => follow(root, path, (seen) => marked.add(seen)),
    count,
    text: (entry) => readFile(join(root, entry.path), 'utf8'),
    markRead: (path) => void marked.add(path),
    reads: () => coverOf(marked),
    absolute: (path) => join(root, path),
  };
}

/** Joins as the tools do (lexically), so `../..` from the root is caught before any file is touched. Throws 'unsafe-path'. */
export function joinInside(folder: string, path: string): string {
  const joined = posix.normalize(posix.join(folder === '' ? '.' : folder, path)).replace(/\/$/, '');
  if (path.includes('\0') || joined === '..' || joined.startsWith('../')) {
    throw new RenderError('unsafe-path', `"${path}" leaves the repository.`, { file: folder });
  }
  return joined === '.' ? '' : joined;
}

async function follow(root: string, path: string, mark: (path: string) => void): Promise<TreeEntry | null> {
  let current = '';
  let size = 0;
  let kind: TreeEntry['kind'] = 'directory';
  let links = 0;
  const rest = path.split('/').toReversed();
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (part === '' || part === '.') continue;
    if (kind === 'file') {
      mark(current);
      return null;
    }
    if (part === '..') {
      if (current === '') throw unsafe(path, `leaves the repository; ${REPLACE}`);
      current = posix.dirname(current) === '.' ? '' : posix.dirname(current);
      continue;
    }
    const next = current === '' ? part : `${current}/${part}`;
    const stat = await lstat(join(root, next)).catch(() => null);
    if (stat === null) {
      mark(next);
      return null;
    }
    if (stat.isSymbolicLink()) {
      mark(next);
      links += 1;
      if (links > MAX_LINKS) throw unsafe(path, 'goes through a circle of links');
      const target = await readlink(join(root, next));
      if (target.startsWith('/')) throw unsafe(next, `is a link to an absolute path; ${REPLACE}`);
      rest.push(...target.split('/').toReversed());
    } else if (stat.isDirectory() || stat.isFile()) {
      kind = stat.isFile() ? 'file' : 'directory';
      size = stat.isFile() ? stat.size : 0;
      current = next;
    } else throw unsafe(next, 'is neither a file nor a folder');
  }
  return { path: current, kind, size };
}

function unsafe(path: string, why: string): RenderError {
  return new RenderError('unsafe-path', `"${path}" ${why}.`, { file: path });
}

function coverOf(marked: Set<string>): string[] {
  if (marked.has('')) return ['.'];
  return [...marked]
    .filter((path) => {
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        if (marked.has(path.slice(0, at))) return false;
      }
      return true;
    })
    .toSorted();
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
