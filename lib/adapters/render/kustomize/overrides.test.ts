import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { objectAt, valueAt } from '#lib/domain/resource/json.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import type { RenderOptions, RenderResult } from '#lib/ports/renderer.ts';

import { createRenderer } from '../renderer.ts';

const renderer = createRenderer({ toolsDirectory: join(tmpdir(), 'quarterdeck-tools') });
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: old}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: registry.example/web:1}]}
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'overrides-'));
  await write({
    'app/kustomization.yaml': 'resources: [web.yaml, config.yaml]\n',
    'app/web.yaml': DEPLOYMENT,
    'app/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata: {level: "1"}\n',
    'components/tracing/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [agent.yaml]\n',
    'components/tracing/agent.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: agent}\n',
  });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

function render(kustomize: NonNullable<RenderOptions['kustomize']>): Promise<RenderResult> {
  const limits = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };
  const request = { root, path: 'app', namespace: 'shop', applicationName: 'web', limits };
  return renderer.render({ ...request, options: { tool: 'kustomize', kustomize } });
}
async function deployment(kustomize: NonNullable<RenderOptions['kustomize']>): Promise<Manifest | undefined> {
  return (await render(kustomize)).objects.find(({ kind }) => kind === 'Deployment');
}
const failure = (kustomize: NonNullable<RenderOptions['kustomize']>) =>
  render(kustomize).then(
    () => new Error('expected a failure'),
    (error: unknown) => error,
  );

describe('overrides of an application', () => {
  it('set replicas by name', async () => {
    expect(valueAt(await deployment({ replicas: [{ name: 'web', count: 5 }] }), 'spec', 'replicas')).toBe(5);
  });

  it('set the namespace of every object', async () => {
    const { objects } = await render({ namespace: 'elsewhere' });
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(['elsewhere', 'elsewhere']);
  });

  it('patch by merge and by operations, with and without a target', async () => {
    const merge =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: old}\nspec: {minReadySeconds: 7}\n';
    expect(valueAt(await deployment({ patches: [{ patch: merge }] }), 'spec', 'minReadySeconds')).toBe(7);
    const operations = '[{"op": "add", "path": "/metadata/labels", "value": {"patched": "yes"}}]';
    const { objects } = await render({ patches: [{ patch: operations, target: { kind: 'ConfigMap|Deployment' } }] });
    expect(objects.map(({ metadata }) => metadata.labels)).toEqual([{ patched: 'yes' }, { patched: 'yes' }]);
  });

  it('add annotations everywhere', async () => {
    const web = await deployment({ commonAnnotations: { team: 'shop' } });
    expect(web?.metadata.annotations).toEqual({ team: 'shop' });
    expect(objectAt(web, 'spec', 'template', 'metadata', 'annotations')).toEqual({ team: 'shop' });
  });

  it.each<[string, NonNullable<RenderOptions['kustomize']>, { selector: boolean; template: boolean }]>([
    ['in selectors as well', {}, { selector: true, template: true }],
    ['but not in selectors', { labelWithoutSelector: true }, { selector: false, template: false }],
    [
      'but in templates alone',
      { labelWithoutSelector: true, labelIncludeTemplates: true },
      { selector: false, template: true },
    ],
  ])('add labels, %s', async (_, options, expected) => {
    const web = await deployment({ commonLabels: { team: 'shop' }, ...options });
    expect(web?.metadata.labels).toEqual({ team: 'shop' });
    expect({
      selector: objectAt(web, 'spec', 'selector', 'matchLabels')['team'] === 'shop',
      template: objectAt(web, 'spec', 'template', 'metadata', 'labels')['team'] === 'shop',
    }).toEqual(expected);
  });

  it('add components of the repository, which count as read', async () => {
    const { objects, reads } = await render({ components: ['../components/tracing'] });
    expect(objects.map(({ metadata }) => metadata.name)).toContain('agent');
    expect(reads.some((path) => 'components/tracing/agent.yaml'.startsWith(path))).toBe(true);
    const fromRoot = await render({ components: ['/components/tracing'] });
    expect(fromRoot.objects).toEqual(objects);
  });

  it.each([
    ['../components/none', 'path-missing'],
    ['../../outside', 'unsafe-path'],
    ['https://example.com/org/repo//c?ref=v1', 'remote-base'],
    ['github.com/org/repo//c?ref=v1', 'remote-base'],
  ])('refuse the component %s', async (component, reason) => {
    expect(await failure({ components: [component] })).toMatchObject({ reason });
  });

  it('refuse what a component fetches from elsewhere', async () => {
    await write({ 'components/far/kustomization.yaml': 'kind: Component\nresources: [https://example.com/x.yaml]\n' });
    expect(await failure({ components: ['../components/far'] })).toMatchObject({ reason: 'remote-base' });
  });

  it('say what is wrong with a patch that fits nothing', async () => {
    const patch = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: none}\ndata: {a: b}\n';
    expect(await failure({ patches: [{ patch }] })).toMatchObject({ message: expect.stringContaining('none') });
  });

  it('come together, and leave the checkout as it is', async () => {
    const before = await readdir(root, { recursive: true });
    const web = await deployment({
      namePrefix: 'eu-',
      images: ['registry.example/web:2'],
      replicas: [{ name: 'web', count: 3 }],
      namespace: 'eu',
      commonLabels: { region: 'eu' },
      components: ['../components/tracing'],
    });
    expect(web).toMatchObject({ metadata: { name: 'eu-web', namespace: 'eu' }, spec: { replicas: 3 } });
    expect(await readdir(root, { recursive: true })).toEqual(before);
  });
});
