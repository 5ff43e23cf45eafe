import { readFile } from 'node:fs/promises';

import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { RenderError, type RenderErrorReason } from '#lib/ports/renderer.ts';

import { collectObjects } from '../collect-objects.ts';
import { parseKubernetesYaml, type YamlDocument } from '../kubernetes-yaml.ts';
import { hiddenValues, isAboutSecrets } from '../hidden-values.ts';
import type { ToolOutput } from '../run-tool.ts';
import type { ToolContext } from '../tool-context.ts';
import { joinInside, type TreeEntry } from '../tree.ts';
import { walkFolder } from '../walk-folder.ts';
import { boundedWords } from '../words.ts';
import { helmArguments } from './helm-arguments.ts';
import { collectFileParameters, collectValues } from './helm-values.ts';

/** Larger ones are no values that a person wrote. */
const MAX_VALUES_FILE = 1024 * 1024;

/** `helm template` of a chart in the repository: no release, no cluster, no network, dependencies from charts/ only. */
export async function renderHelm(context: ToolContext): Promise<{ objects: Manifest[]; warnings: string[] }> {
  const { request, tree, source } = context;
  const options = request.options.helm ?? {};
  if ((await tree.find(joinInside(source.path, 'Chart.yaml'))) === null) {
    throw new RenderError('path-missing', `"${source.path || '.'}" has no Chart.yaml.`, { file: source.path });
  }
  const files = await walkFolder(tree, source.path, { recurse: true, followFolderLinks: true });
  for (const { entry } of files) tree.count(entry);
  const valueFiles = await collectValues(context, options);
  const fileParameters = await collectFileParameters(context, options);
  const args = helmArguments(options, {
    folder: tree.absolute(source.path),
    release: request.applicationName,
    namespace: request.namespace,
    valueFiles,
    fileParameters,
  });
  const output = await context.run([context.tools.helm, ...args]);
  const copies = [...valueFiles, ...fileParameters.map(({ file }) => file)];
  const chart = { context, entries: files.map(({ entry }) => entry), valueFiles: copies };
  if (output.exitCode !== 0) throw helmError(output, context, await hiddenFrom(chart, output.stderr));
  const { documents } = parseKubernetesYaml(output.stdout, source.path === '' ? 'chart' : source.path);
  const named = nameSources(documents, output.stdout, source.path).filter(({ value }) => !isTest(value));
  const objects = collectObjects(named, { namespace: request.namespace, maxObjects: request.limits.maxObjects });
  const lines = output.stderr.split('\n').filter((line) => /warning|coalesce/i.test(line));
  const hidden = lines.length === 0 ? [] : await hiddenFrom(chart, output.stderr);
  const warnings = lines.slice(0, 20).map((line) => boundedWords(line, context.folders, hidden));
  return { objects, warnings: [...(await lookupWarnings(context, chart.entries)), ...warnings] };
}

const LOOKUP = /\{\{[^}]*\blookup\s+["'`$.(]/;

/** `lookup` asks a cluster, and a render knows none: it finds nothing, as in `helm template`. */
async function lookupWarnings({ tree }: ToolContext, entries: readonly TreeEntry[]): Promise<string[]> {
  const templates = entries.filter(({ path, size }) => /(^|\/)templates\//.test(path) && size < MAX_VALUES_FILE);
  for (const entry of templates) {
    if (LOOKUP.test(await tree.text(entry)))
      return [`${entry.path} uses "lookup", which finds nothing here: a render does not ask the cluster.`];
  }
  return [];
}

interface Chart {
  context: ToolContext;
  entries: TreeEntry[];
  valueFiles: string[];
}

/**
 * What an error may not quote of a chart's values: all of them when a template that makes a Secret is named, or none of
 * this chart is; else those with a name like `password`, so that other errors stay readable.
 */
async function hiddenFrom({ context, entries, valueFiles }: Chart, stderr: string): Promise<string[]> {
  const { tree, request } = context;
  const isTemplate = (entry: TreeEntry) => /(^|\/)templates\//.test(entry.path);
  const isNamed = (entry: TreeEntry) => stderr.includes(entry.path.slice(entry.path.lastIndexOf('templates/')));
  const named = entries.filter((entry) => isTemplate(entry) && /\.ya?ml$/.test(entry.path) && isNamed(entry));
  const templates = await Promise.all(named.map((entry) => tree.text(entry)));
  const sources = entries.filter((entry) => !isTemplate(entry) && !/(^|\/)Chart\.(yaml|lock)$/.test(entry.path));
  const texts = await Promise.all([
    ...sources.filter(({ size }) => size < MAX_VALUES_FILE).map((entry) => tree.text(entry)),
    ...valueFiles.map((file) => readFile(file, 'utf8')),
  ]);
  const parameters = request.options.helm?.parameters ?? [];
  const all = [...texts, ...parameters.map(({ name, value }) => `${name}: ${value}`)];
  return hiddenValues(all, named.length === 0 || templates.some(isAboutSecrets) ? 'all' : 'sensitive');
}

/** Each document follows a `# Source: chart/templates/file.yaml` line; the chart's name gives way to its folder. */
function nameSources(documents: YamlDocument[], stdout: string, folder: string): YamlDocument[] {
  const sources: { line: number; file: string }[] = [];
  stdout.split('\n').forEach((text, index) => {
    const path = /^# Source: [^/\s]+\/(\S+)$/.exec(text)?.[1];
    if (path !== undefined) sources.push({ line: index + 1, file: folder === '' ? path : `${folder}/${path}` });
  });
  let next = 0;
  let current = folder;
  return documents.map((document) => {
    for (let source = sources[next]; source !== undefined && source.line <= document.line; source = sources[next]) {
      current = source.file;
      next += 1;
    }
    return { value: document.value, file: current, line: 0 };
  });
}

function isTest(value: unknown): boolean {
  const text = hookOf(value);
  return text
    .split(',')
    .map((hook) => hook.trim())
    .some((hook) => hook === 'test' || hook === 'test-success' || hook === 'test-failure');
}

function hookOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return '';
  const { metadata } = value;
  if (typeof metadata !== 'object' || metadata === null || !('annotations' in metadata)) return '';
  const { annotations } = metadata;
  if (typeof annotations !== 'object' || annotations === null || !('helm.sh/hook' in annotations)) return '';
  const hook = annotations['helm.sh/hook'];
  return typeof hook === 'string' ? hook : '';
}

function helmError(output: ToolOutput, context: ToolContext, hidden: string[]): RenderError {
  const folder = context.source.path;
  const words = boundedWords(output.stderr.replace(/^Error: |^Use --debug flag.*$/gm, ''), context.folders, hidden);
  const missing = /found in Chart\.yaml, but missing in charts\/ directory: (.+)/.exec(words)?.[1];
  const chart = joinInside(folder, 'Chart.yaml');
  if (missing !== undefined) {
    const text = `${chart} depends on ${missing.trim()}, which is not in charts/; the renderer has no network. Run "helm dependency build" and commit charts/.`;
    return new RenderError('path-missing', text, { file: chart });
  }
  const inChart = /[\w.-]+\/((?:charts\/[\w.-]+\/)*templates\/[^:)\s"]+)/.exec(words)?.[1];
  const isYaml = /YAML parse error|error converting YAML|cannot load (Chart|values)|failed to parse/i.test(words);
  const reason: RenderErrorReason = isYaml ? 'invalid-yaml' : 'template';
  const file = inChart === undefined ? undefined : joinInside(folder, inChart);
  return new RenderError(
    reason,
    `helm could not render "${folder || '.'}"${file === undefined ? '' : ` (${file})`}: ${words}`,
    file === undefined ? {} : { file },
  );
}
