import { RenderError } from '#lib/ports/renderer.ts';

import { parseKubernetesYaml } from '../kubernetes-yaml.ts';

/** Everything a kustomization file makes kustomize open, by how it is opened. */
export interface Kustomization {
  /** Files or folders with a kustomization of their own. */
  resources: string[];
  /** The same, but their files configure generators and transformers, which may open files themselves. */
  plugins: string[];
  /** Files only. */
  files: string[];
  /** Inline configuration of plugins. */
  inline: unknown[];
  /** New name of each image that this file renames, by its old name. */
  renamedImages: Record<string, string>;
}

const NAMES = {
  resources: ['resources', 'bases', 'components'],
  plugins: ['generators', 'transformers', 'validators'],
};
const PLAIN_FILES = ['configurations', 'crds', 'patchesStrategicMerge'];
const WITH_PATH = ['patches', 'patchesJson6902', 'replacements', 'openapi'];

/** Reads a kustomization file. Throws RenderError 'invalid-yaml', or 'remote-base' where it inflates a Helm chart. */
export function readKustomization(text: string, file: string): Kustomization {
  const [document] = parseKubernetesYaml(text, file).documents;
  const content = document?.value ?? {};
  if (!isObject(content)) {
    throw new RenderError('invalid-yaml', `${file}: a kustomization is a map of fields.`, { file });
  }
  refuseCharts(content, file);
  const plugins = NAMES.plugins.flatMap((name) => strings(content[name]));
  const patches = strings(content['patchesStrategicMerge']);
  const files = [
    ...PLAIN_FILES.filter((name) => name !== 'patchesStrategicMerge').flatMap((name) => strings(content[name])),
    ...patches.filter((entry) => !entry.includes('\n')),
    ...WITH_PATH.flatMap((name) => pathsOf(content[name])),
    ...['configMapGenerator', 'secretGenerator'].flatMap((name) => generatorFiles(content[name])),
  ];
  return {
    resources: NAMES.resources.flatMap((name) => strings(content[name])),
    plugins: plugins.filter((entry) => !entry.includes('\n')),
    files,
    inline: plugins
      .filter((entry) => entry.includes('\n'))
      .flatMap((entry) => parseKubernetesYaml(entry, file).documents.map(({ value }) => value)),
    renamedImages: renamedImages(content['images']),
  };
}

/** Paths that the configuration of a generator or transformer opens: every text under a field that names files. */
export function pluginPaths(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(pluginPaths);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, content]) => {
    if (/^(path|paths|file|files|env|envs|repo|chartHome|valuesFile|additionalValuesFiles)$/.test(field)) {
      return [content]
        .flat()
        .filter((entry): entry is string => typeof entry === 'string')
        .map(withoutKey);
    }
    return pluginPaths(content);
  });
}

function refuseCharts(content: Record<string, unknown>, file: string): void {
  const charts = [content['helmCharts'], content['helmChartInflationGenerator']].flat().filter(isObject);
  const [chart] = charts;
  if (chart === undefined) return;
  const repo = chart['repo'] ?? chart['chartRepo'];
  const from = typeof repo === 'string' ? ` from ${repo}` : '';
  throw new RenderError(
    'remote-base',
    `${file} inflates a Helm chart${from}; the renderer has no network. Commit the chart and register it as a Helm application.`,
    { file },
  );
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

function pathsOf(value: unknown): string[] {
  return [value]
    .flat()
    .flatMap((entry) => (isObject(entry) && typeof entry['path'] === 'string' ? [entry['path']] : []));
}

function generatorFiles(value: unknown): string[] {
  return [value].flat().flatMap((entry) => {
    if (!isObject(entry)) return [];
    const { files, envs, env } = entry;
    return [...strings(files).map(withoutKey), ...strings(envs), ...(typeof env === 'string' ? [env] : [])];
  });
}

function renamedImages(value: unknown): Record<string, string> {
  const renamed: Record<string, string> = {};
  for (const image of [value].flat()) {
    if (!isObject(image)) continue;
    const { name, newName } = image;
    if (typeof name === 'string' && typeof newName === 'string') renamed[name] = newName;
  }
  return renamed;
}

/** `key=path` names a file under another key. */
function withoutKey(entry: string): string {
  const equals = entry.indexOf('=');
  return equals < 0 ? entry : entry.slice(equals + 1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
