import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';

import { RenderError, type RenderOptions } from '#lib/ports/renderer.ts';

import { parseKubernetesYaml } from '../kubernetes-yaml.ts';
import type { ToolContext } from '../tool-context.ts';
import { joinInside, type TreeEntry } from '../tree.ts';
import { walkFolder } from '../walk-folder.ts';

type HelmOptions = NonNullable<RenderOptions['helm']>;

/** Copies everything that gives values, in helm's order of precedence, under plain names: helm splits `--values` at commas. */
export async function collectValues(context: ToolContext, options: HelmOptions): Promise<string[]> {
  const copies: string[] = [];
  const copy = async (text: string): Promise<void> => {
    const file = join(context.scratch, `values-${copies.length}.yaml`);
    await writeFile(file, text, { mode: 0o600 });
    copies.push(file);
  };
  for (const name of options.valueFiles ?? []) {
    for (const entry of await findValueFiles(context, name, options.ignoreMissingValueFiles ?? false)) {
      const text = await readFound(context, entry);
      parseKubernetesYaml(text, entry.path);
      await copy(text);
    }
  }
  if (options.values !== undefined && options.values.trim() !== '') {
    parseKubernetesYaml(options.values, 'helm.values');
    await copy(options.values);
  }
  if (options.valuesObject !== undefined) await copy(JSON.stringify(options.valuesObject));
  return copies;
}

/** Copies the files whose texts are parameters. */
export async function collectFileParameters(
  context: ToolContext,
  options: HelmOptions,
): Promise<{ name: string; file: string }[]> {
  const copies: { name: string; file: string }[] = [];
  for (const { name, path } of options.fileParameters ?? []) {
    const [entry] = await findValueFiles(context, path, false);
    if (!entry) continue;
    const file = join(context.scratch, `parameter-${copies.length}`);
    await writeFile(file, await readFound(context, entry), { mode: 0o600 });
    copies.push({ name, file });
  }
  return copies;
}

async function readFound({ tree }: ToolContext, entry: TreeEntry): Promise<string> {
  tree.count(entry);
  tree.markRead(entry.path);
  return tree.text(entry);
}

/** The files behind a path or a pattern. Throws RenderError 'path-missing' where there are none, unless that is allowed. */
async function findValueFiles(context: ToolContext, name: string, mayMiss: boolean): Promise<TreeEntry[]> {
  const { tree, source } = context;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) {
    const shown = name.replace(/\/\/[^/@\s]*@/, '//');
    throw new RenderError('remote-base', `The value file "${shown}" is remote; commit it.`, { file: name });
  }
  const path = name.startsWith('/') ? joinInside('', name.replace(/^\/+/, '')) : joinInside(source.path, name);
  const exact = await tree.find(path);
  if (exact?.kind === 'file') return [exact];
  const found = isPattern(path) ? await matching(context, path) : [];
  if (found.length > 0 || mayMiss) return found;
  const what = isPattern(path) ? `No value file fits "${name}"` : `The value file "${name}" does not exist`;
  throw new RenderError('path-missing', `${what} (looked for ${path}).`, { file: path });
}

const isPattern = (path: string): boolean => /[*?[{]/.test(path);

/** By name, below the folder in front of the first part with a pattern in it, which counts as read whole. */
async function matching({ tree }: ToolContext, pattern: string): Promise<TreeEntry[]> {
  const parts = pattern.split('/');
  const folder = parts.slice(0, parts.findIndex(isPattern)).join('/');
  const start = await tree.find(folder);
  if (start?.kind !== 'directory') return [];
  tree.markRead(start.path);
  const fits = picomatch(folder === '' ? pattern : pattern.slice(folder.length + 1));
  const files = await walkFolder(tree, start.path, { recurse: true, followFolderLinks: false });
  return files.filter((file) => fits(file.name)).map(({ entry }) => entry);
}
