import { readdir } from 'node:fs/promises';

import { RenderError } from '#lib/ports/renderer.ts';

import type { Tree, TreeEntry } from './tree.ts';

export interface FoundFile {
  /** As seen from the folder that was walked: `sub/file.yaml`. */
  name: string;
  entry: TreeEntry;
}

/** Files of a folder in the order of their names; every link is followed by the tree, so none leads out of it. */
export async function walkFolder(
  tree: Tree,
  folder: string,
  options: { recurse: boolean; followFolderLinks: boolean },
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  await visit({ tree, options, found }, { prefix: '', folder, above: [] });
  return found;
}

interface Walk {
  tree: Tree;
  options: { recurse: boolean; followFolderLinks: boolean };
  found: FoundFile[];
}

interface Step {
  /** Where we are, as seen from the start: '' or `sub/`. */
  prefix: string;
  /** Real path of the folder. */
  folder: string;
  /** Real paths of the folders we came through. */
  above: string[];
}

async function visit(walk: Walk, step: Step): Promise<void> {
  const names = await readdir(walk.tree.absolute(step.folder), { withFileTypes: true });
  names.sort((left, right) => (left.name < right.name ? -1 : 1));
  for (const item of names) {
    if (item.name === '.git') continue;
    const path = step.folder === '' ? item.name : `${step.folder}/${item.name}`;
    if (item.isDirectory() && !walk.options.recurse) continue;
    const entry = await walk.tree.find(path);
    if (entry === null) continue;
    const name = `${step.prefix}${item.name}`;
    if (entry.kind === 'file') {
      walk.found.push({ name, entry });
      if (item.isSymbolicLink()) walk.tree.markRead(entry.path);
    } else await visitFolder(walk, step, { name, entry, isLink: item.isSymbolicLink(), path });
  }
}

async function visitFolder(
  walk: Walk,
  step: Step,
  sub: { name: string; entry: TreeEntry; isLink: boolean; path: string },
): Promise<void> {
  if (!walk.options.recurse || (sub.isLink && !walk.options.followFolderLinks)) return;
  const above = [...step.above, step.folder];
  if (above.includes(sub.entry.path)) {
    throw new RenderError('unsafe-path', `"${sub.path}" is a link to a folder it lies in.`, { file: sub.path });
  }
  if (sub.isLink) walk.tree.markRead(sub.entry.path);
  await visit(walk, { prefix: `${sub.name}/`, folder: sub.entry.path, above });
}
