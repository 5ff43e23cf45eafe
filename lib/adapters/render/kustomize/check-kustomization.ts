import { RenderError } from '#lib/ports/renderer.ts';

import { parseKubernetesYaml } from '../kubernetes-yaml.ts';
import { joinInside, type Tree, type TreeEntry } from '../tree.ts';
import { type Kustomization, pluginPaths, readKustomization } from './kustomization.ts';
import { isRemoteEntry } from './remote-entry.ts';

export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Walks everything the build will open, before anything runs: remote entries and paths out of the tree are refused,
 * missing files named, and each file marked as read. Answers the application's own kustomization. Throws RenderError.
 */
export async function checkKustomization(tree: Tree, source: TreeEntry): Promise<Kustomization | null> {
  return visit({ tree, visited: new Set() }, source.path);
}

/** The same for components that the application adds; answers their absolute folders. Throws RenderError. */
export async function checkComponents(tree: Tree, source: TreeEntry, components: readonly string[]): Promise<string[]> {
  const walk: Walk = { tree, visited: new Set() };
  const place = { folder: source.path, file: 'kustomize.components' };
  const folders: string[] = [];
  for (const entry of components) {
    const path = entry.startsWith('/') ? joinInside('', entry.replace(/^\/+/, '')) : joinInside(source.path, entry);
    if (isRemoteEntry(entry)) throw remote(place, entry);
    const found = await tree.find(path);
    if (found?.kind !== 'directory') {
      throw new RenderError('path-missing', `The component "${entry}" does not exist (looked for ${path}).`, {
        file: path,
      });
    }
    await visit(walk, found.path);
    folders.push(tree.absolute(found.path));
  }
  return folders;
}

interface Walk {
  tree: Tree;
  visited: Set<string>;
}

/** A folder with a kustomization; `file` is the kustomization file as a person finds it. */
interface Place {
  folder: string;
  file: string;
}

async function visit(walk: Walk, folder: string): Promise<Kustomization | null> {
  if (walk.visited.has(folder)) return null;
  walk.visited.add(folder);
  const place = await findKustomization(walk.tree, folder);
  if (place === null) {
    throw new RenderError('path-missing', `"${folder}" has no kustomization.yaml.`, { file: folder });
  }
  const kustomization = readKustomization(await textOf(walk.tree, place), place.file);
  for (const entry of kustomization.files) await openFile(walk, place, entry);
  for (const entry of kustomization.resources) {
    const found = await openEntry(walk, place, entry);
    if (found.kind === 'directory') await visit(walk, found.path);
    else markFile(walk.tree, found);
  }
  await visitPlugins(walk, place, kustomization);
  return kustomization;
}

async function findKustomization(tree: Tree, folder: string): Promise<Place | null> {
  const found: Place[] = [];
  for (const name of KUSTOMIZATION_FILES) {
    const file = joinInside(folder, name);
    const entry = await tree.find(file);
    if (entry?.kind === 'file') found.push({ folder, file });
  }
  return found[0] ?? null;
}

async function textOf(tree: Tree, place: Place): Promise<string> {
  const entry = await tree.find(place.file);
  if (entry === null) throw new RenderError('path-missing', `"${place.file}" is gone.`, { file: place.file });
  markFile(tree, entry);
  return tree.text(entry);
}

/** Generators and transformers open files on their own: their folder counts as read whole, remote paths are refused. */
async function visitPlugins(walk: Walk, place: Place, kustomization: Kustomization): Promise<void> {
  if (kustomization.plugins.length === 0 && kustomization.inline.length === 0) return;
  walk.tree.markRead(place.folder);
  const paths = kustomization.inline.flatMap(pluginPaths);
  for (const entry of kustomization.plugins) {
    const found = await openEntry(walk, place, entry);
    if (found.kind === 'directory') {
      walk.tree.markRead(found.path);
      await visit(walk, found.path);
      continue;
    }
    markFile(walk.tree, found);
    const { documents } = parseKubernetesYaml(await walk.tree.text(found), found.path);
    paths.push(...documents.flatMap(({ value }) => pluginPaths(value)));
  }
  for (const path of paths) {
    if (isRemoteEntry(path)) throw remote(place, path);
    if (path.startsWith('/')) throw absolute(place, path);
    const found = await walk.tree.find(joinInside(place.folder, path));
    if (found !== null) walk.tree.markRead(found.path);
  }
}

async function openFile(walk: Walk, place: Place, entry: string): Promise<void> {
  const found = await openEntry(walk, place, entry);
  if (found.kind === 'file') return markFile(walk.tree, found);
  throw new RenderError('path-missing', `${place.file} names "${entry}", which is a folder, not a file.`, {
    file: place.file,
  });
}

async function openEntry(walk: Walk, place: Place, entry: string): Promise<TreeEntry> {
  if (isRemoteEntry(entry)) throw remote(place, entry);
  if (entry.startsWith('/')) throw absolute(place, entry);
  const found = await walk.tree.find(joinInside(place.folder, entry)).catch((error: unknown) => {
    if (error instanceof RenderError) {
      throw new RenderError(error.reason, `${place.file} names "${entry}": ${error.message}`, { file: place.file });
    }
    throw error;
  });
  if (found === null) {
    throw new RenderError('path-missing', `${place.file} names "${entry}", which does not exist.`, {
      file: place.file,
    });
  }
  return found;
}

function markFile(tree: Tree, entry: TreeEntry): void {
  tree.count(entry);
  tree.markRead(entry.path);
}

function remote(place: Place, entry: string): RenderError {
  const shown = entry.replace(/\/\/[^/@\s]*@/, '//');
  return new RenderError(
    'remote-base',
    `${place.file} names "${shown}", which lies outside the repository; the renderer has no network. Commit a copy and name that.`,
    { file: place.file },
  );
}

function absolute(place: Place, entry: string): RenderError {
  return new RenderError('unsafe-path', `${place.file} names the absolute path "${entry}".`, { file: place.file });
}
