import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { RenderError, type RenderErrorReason } from '#lib/ports/renderer.ts';

import { collectObjects } from '../collect-objects.ts';
import { parseKubernetesYaml } from '../kubernetes-yaml.ts';
import { hiddenValues, isAboutSecrets } from '../hidden-values.ts';
import type { ToolOutput } from '../run-tool.ts';
import type { ToolContext } from '../tool-context.ts';
import type { Tree, TreeEntry } from '../tree.ts';
import { boundedWords } from '../words.ts';
import { checkComponents, checkKustomization } from './check-kustomization.ts';
import { needsOverlay, writeOverlay } from './overlay.ts';

/** Larger ones are no values that a person wrote. */
const MAX_SOURCE = 1024 * 1024;
const MANIFEST = /\.(ya?ml|json)$|(^|\/)Kustomization$/;

/** Checks everything the build will open, then runs the official kustomize on the checkout itself. */
export async function renderKustomize(context: ToolContext): Promise<{ objects: Manifest[]; warnings: string[] }> {
  const { request, tree, source } = context;
  const opened: TreeEntry[] = [];
  const count = (entry: TreeEntry): void => {
    opened.push(entry);
    tree.count(entry);
  };
  const own = await checkKustomization({ ...tree, count }, source);
  const components = request.options.kustomize?.components ?? [];
  const componentFolders = await checkComponents({ ...tree, count }, source, components);
  const folder = tree.absolute(source.path);
  const { kustomize } = request.options;
  const target = needsOverlay(kustomize)
    ? await writeOverlay(context.scratch, folder, { ...kustomize, renamed: own?.renamedImages ?? {}, componentFolders })
    : folder;
  const output = await context.run([...context.tools.kustomize, target]);
  if (output.exitCode !== 0) throw kustomizeError(output, context, await hiddenFrom(tree, opened));
  const { documents } = parseKubernetesYaml(output.stdout, source.path === '' ? 'kustomization' : source.path);
  const objects = collectObjects(
    documents.map((document) => ({ ...document, line: 0 })),
    { namespace: request.namespace, maxObjects: request.limits.maxObjects },
  );
  const lines = output.stderr.split('\n').filter((line) => /^#? ?warning/i.test(line));
  const hidden = lines.length === 0 ? [] : await hiddenFrom(tree, opened);
  return { objects, warnings: lines.slice(0, 20).map((line) => boundedWords(line, context.folders, hidden)) };
}

/** What an error may not quote: the values of every source about Secrets, and all of what is no manifest (env files and the like). */
async function hiddenFrom(tree: Tree, opened: readonly TreeEntry[]): Promise<string[]> {
  const files = opened.filter(({ size }) => size < MAX_SOURCE);
  const sources = await Promise.all(files.map(async (entry) => ({ path: entry.path, text: await tree.text(entry) })));
  const about = sources.filter(({ path, text }) => !MANIFEST.test(path) || isAboutSecrets(text));
  return hiddenValues(
    about.map(({ text }) => text),
    'all',
  );
}

const REASONS: [RegExp, RenderErrorReason][] = [
  [/cycle detected/i, 'template'],
  [/is not in or below|security; file/i, 'unsafe-path'],
  [/already registered id|may not add resource|multiple matches for Id|ID conflict/i, 'duplicate'],
  [
    /yaml: |invalid (Kustomization|YAML)|MalformedYAMLError|error converting YAML|did not find expected/i,
    'invalid-yaml',
  ],
  [/missing metadata\.name|missing kind|missing apiVersion|Object 'Kind' is missing/i, 'invalid-object'],
  [/no such file or directory|must resolve to a file|evalsymlink failure/i, 'path-missing'],
];

/** kubectl tells some failures as a log line, with a time and a process in front that make each of them a new one. */
function ownWords(stderr: string): string {
  const text = stderr.trim().replace(/^error: /, '');
  const logged = /^E\d{4} .{0,80}\] "command failed" err=(?:<\n([\s\S]*)\n\s*>|"([\s\S]*)")$/.exec(text);
  return logged === null ? text : (logged[1] ?? (logged[2] ?? '').replace(/\\(["\\])/g, '$1')).trim();
}

function kustomizeError(output: ToolOutput, context: ToolContext, hidden: string[]): RenderError {
  const words = boundedWords(ownWords(output.stderr), context.folders, hidden);
  const reason = REASONS.find(([pattern]) => pattern.test(words))?.[1] ?? 'template';
  const file = /'([^']+\.(?:ya?ml|json))'/.exec(words)?.[1];
  return new RenderError(
    reason,
    `kustomize could not build "${context.source.path || '.'}": ${words}`,
    file === undefined ? {} : { file },
  );
}
