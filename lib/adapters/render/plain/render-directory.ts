import picomatch from 'picomatch';

import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { RenderError, type RenderRequest } from '#lib/ports/renderer.ts';

import { collectObjects } from '../collect-objects.ts';
import { parseKubernetesYaml, type YamlDocument } from '../kubernetes-yaml.ts';
import type { Tree, TreeEntry } from '../tree.ts';
import { type FoundFile, walkFolder } from '../walk-folder.ts';

/** No well-kept library renders Jsonnet: it is refused where there is nothing else, and said where there is. */
function leftOut({ entry }: FoundFile, others: number): string[] {
  const words = `${entry.path} is Jsonnet, which is not rendered; commit the manifests it makes`;
  if (others > 0) return [`${words}.`];
  throw new RenderError('template', `${words}, or exclude it.`, { file: entry.path });
}

const MANIFEST = /\.(ya?ml|json)$/;

/** Reads *.yaml, *.yml and *.json of a folder; spawns nothing. */
export async function renderDirectory(
  request: RenderRequest,
  tree: Tree,
  source: TreeEntry,
): Promise<{ objects: Manifest[]; warnings: string[] }> {
  const { recurse = false, include, exclude } = request.options.directory ?? {};
  const included = include === undefined ? () => true : picomatch(include, { dot: true });
  const excluded = exclude === undefined ? () => false : picomatch(exclude, { dot: true });
  const files = await walkFolder(tree, source.path, { recurse, followFolderLinks: false });
  const wanted = files.filter(({ name }) => MANIFEST.test(name) && included(name) && !excluded(name));
  const deadline = Date.now() + request.limits.timeoutMs;
  const documents: YamlDocument[] = [];
  const warnings: string[] = [];
  for (const { entry } of wanted) tree.count(entry);
  for (const { name, entry } of wanted) {
    if (request.signal?.aborted === true) throw new RenderError('timeout', 'The render was cancelled.');
    if (Date.now() > deadline)
      throw new RenderError('timeout', `Reading took longer than ${request.limits.timeoutMs} ms.`);
    const file = source.path === '' ? name : `${source.path}/${name}`;
    const parsed = parseKubernetesYaml(await tree.text(entry), file);
    documents.push(...parsed.documents);
    warnings.push(...parsed.warnings);
  }
  const jsonnet = files.find(({ name }) => /\.(jsonnet|libsonnet)$/.test(name) && included(name) && !excluded(name));
  if (jsonnet) warnings.push(...leftOut(jsonnet, wanted.length));
  else if (wanted.length === 0) warnings.push('The folder holds no *.yaml, *.yml or *.json file.');
  return { objects: collectObjects(documents, { ...request, maxObjects: request.limits.maxObjects }), warnings };
}
