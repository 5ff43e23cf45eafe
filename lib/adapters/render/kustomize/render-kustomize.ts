import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { RenderError, type RenderErrorReason } from '#lib/ports/renderer.ts';

import { collectObjects } from '../collect-objects.ts';
import { parseKubernetesYaml } from '../kubernetes-yaml.ts';
import type { ToolOutput } from '../run-tool.ts';
import type { ToolContext } from '../tool-context.ts';
import { boundedWords } from '../words.ts';
import { checkKustomization } from './check-kustomization.ts';
import { needsOverlay, writeOverlay } from './overlay.ts';

/** Checks everything the build will open, then runs the official kustomize on the checkout itself. */
export async function renderKustomize(context: ToolContext): Promise<{ objects: Manifest[]; warnings: string[] }> {
  const { request, tree, source } = context;
  const own = await checkKustomization(tree, source);
  const folder = tree.absolute(source.path);
  const { kustomize } = request.options;
  const target = needsOverlay(kustomize)
    ? await writeOverlay(context.scratch, folder, { ...kustomize, renamed: own?.renamedImages ?? {} })
    : folder;
  const output = await context.run([...context.tools.kustomize, target]);
  if (output.exitCode !== 0) throw kustomizeError(output, context);
  const { documents } = parseKubernetesYaml(output.stdout, source.path === '' ? 'kustomization' : source.path);
  const objects = collectObjects(
    documents.map((document) => ({ ...document, line: 0 })),
    { namespace: request.namespace, maxObjects: request.limits.maxObjects },
  );
  const warnings = output.stderr.split('\n').filter((line) => /^#? ?warning/i.test(line));
  return { objects, warnings: warnings.map((line) => boundedWords(line, context.folders)).slice(0, 20) };
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

function kustomizeError(output: ToolOutput, context: ToolContext): RenderError {
  const words = boundedWords(output.stderr.replace(/^error: /, ''), context.folders);
  const reason = REASONS.find(([pattern]) => pattern.test(words))?.[1] ?? 'template';
  const file = /'([^']+\.(?:ya?ml|json))'/.exec(words)?.[1];
  return new RenderError(
    reason,
    `kustomize could not build "${context.source.path || '.'}": ${words}`,
    file === undefined ? {} : { file },
  );
}
