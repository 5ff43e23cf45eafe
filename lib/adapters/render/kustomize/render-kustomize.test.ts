import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RenderError, type RenderOptions, type RenderResult } from '#lib/ports/renderer.ts';

import { createRenderer } from '../renderer.ts';
import { imageOf } from './overlay.ts';
import { isRemoteEntry } from './remote-entry.ts';

const renderer = createRenderer({ toolsDirectory: join(tmpdir(), 'quarterdeck-tools') });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kustomize-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>, links: Record<string, string> = {}): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(links)) await symlink(target, join(root, path));
}

function render(path: string, kustomize?: NonNullable<RenderOptions['kustomize']>): Promise<RenderResult> {
  const limits = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };
  const options: RenderOptions = { tool: 'kustomize', ...(kustomize === undefined ? {} : { kustomize }) };
  return renderer.render({ root, path, options, namespace: 'shop', applicationName: 'web', limits });
}

async function failure(work: Promise<unknown>): Promise<RenderError> {
  const error: unknown = await work.then(
    () => new Error('expected a failure'),
    (reason: unknown) => reason,
  );
  if (error instanceof RenderError) return error;
  throw error;
}

const configMap = (name: string, extra = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${extra}`;
const POD = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: registry.example/shop/web:1.0\n`;

describe('remote entries', () => {
  it.each([
    'https://example.com/x.yaml',
    'http://example.com/x.yaml',
    'https://github.com/org/repo//path?ref=v1',
    'github.com/org/repo//path?ref=v1',
    'github.com:org/repo',
    'GitHub.com/org/repo',
    'git@github.com:org/repo.git',
    'git@host.example:org/repo',
    'ssh://git@host/org/repo',
    'git::https://host/org/repo',
    'file:///etc',
    'gh:org/repo',
    'org@host/path',
    'host.example/org/repo.git//base',
    'base?ref=main',
  ])('%s is remote', (entry) => {
    expect(isRemoteEntry(entry)).toBe(true);
  });

  it.each(['../base', 'deployment.yaml', './a-b/c.d', 'base/github.com.yaml', 'my.github/x', '.gitops/base'])(
    '%s is local',
    (entry) => {
      expect(isRemoteEntry(entry)).toBe(false);
    },
  );

  it.each([
    ['resources: ["https://user:pw@example.com/x.yaml"]', 'https://example.com/x.yaml'],
    ['bases: [github.com/org/repo//x?ref=v1]', 'github.com/org/repo//x'],
    ['components: ["ssh://git@host/x"]', 'ssh://'],
    ['patches: [{path: "https://example.com/p.yaml"}]', 'https://example.com/p.yaml'],
    ['configMapGenerator: [{name: x, files: ["a=https://example.com/f"]}]', 'https://example.com/f'],
    ['openapi: {path: "https://example.com/schema.json"}', 'schema.json'],
    [
      'transformers: ["apiVersion: builtin\\nkind: PatchTransformer\\nmetadata: {name: x}\\npath: https://example.com/t\\n"]',
      '/t',
    ],
    ['helmCharts: [{name: x, repo: https://charts.example}]', 'https://charts.example'],
  ])('refuses %s before anything runs', async (kustomization, url) => {
    await write({
      'base/kustomization.yaml': `${kustomization}\n`,
      'app/kustomization.yaml': 'resources: [../base]\n',
    });
    const error = await failure(render('app'));
    expect(error).toMatchObject({ reason: 'remote-base', file: 'base/kustomization.yaml' });
    expect(error.message).toContain(url);
    expect(error.message).not.toContain('pw@');
  });
});

describe('what is read', () => {
  it('is the folder of the application and precise files elsewhere', async () => {
    await write({
      'lib/base/kustomization.yml':
        'resources: [cm.yaml]\nconfigMapGenerator: [{name: g, files: [k=data.txt], options: {disableNameSuffixHash: true}}]\n',
      'lib/base/cm.yaml': configMap('cm'),
      'lib/base/data.txt': 'x',
      'lib/base/unused.yaml': 'x',
      'app/kustomization.yaml': 'resources: [../lib/base]\npatches: [{path: p.yaml}]\n',
      'app/p.yaml': configMap('cm', 'data: {a: b}\n'),
    });
    const result = await render('app');
    expect(result.objects.map(({ metadata }) => metadata.name)).toEqual(['cm', 'g']);
    expect(result.reads).toEqual([
      'app',
      'lib/base/Kustomization',
      'lib/base/cm.yaml',
      'lib/base/data.txt',
      'lib/base/kustomization.yaml',
      'lib/base/kustomization.yml',
    ]);
  });

  it('is the whole folder of a base whose transformers may read anything in it', async () => {
    await write({
      'base/kustomization.yaml': 'resources: [cm.yaml]\ntransformers: [t.yaml]\n',
      'base/cm.yaml': configMap('cm'),
      'base/t.yaml':
        'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: t}\nprefix: x-\nfieldSpecs: [{path: metadata/name}]\n',
      'app/kustomization.yaml': 'resources: [../base]\n',
    });
    const result = await render('app');
    expect(result.objects[0]?.metadata.name).toBe('x-cm');
    expect(result.reads).toEqual(['app', 'base']);
  });
});

describe('faults', () => {
  it.each([
    ['resources: [nothing.yaml]', 'path-missing', 'nothing.yaml'],
    ['resources: [../empty]', 'path-missing', 'empty'],
    ['resources: [../../../etc]', 'unsafe-path', 'leaves the repository'],
    ['resources: [/etc/passwd]', 'unsafe-path', '/etc/passwd'],
    ['configMapGenerator: [{name: x, files: [out]}]', 'unsafe-path', 'out'],
    ['patches: [{path: circle}]', 'unsafe-path', 'circle'],
    ['resources: [../cm.yaml]', 'unsafe-path', 'cm.yaml'],
    ['resources: [a.yaml, b.yaml]', 'duplicate', 'ConfigMap'],
    ['resources: [broken.yaml]', 'invalid-yaml', 'broken.yaml'],
    ['resources: [a.yaml', 'invalid-yaml', 'app/kustomization.yaml:2'],
    ['- a list', 'invalid-yaml', 'app/kustomization.yaml'],
    ['resources: [../app]', 'template', 'cycle'],
  ])('%s: %s', async (kustomization, reason, words) => {
    await write(
      {
        'app/kustomization.yaml': `${kustomization}\n`,
        'app/a.yaml': configMap('x'),
        'app/b.yaml': configMap('x'),
        'app/broken.yaml': 'a: [1\n',
        'cm.yaml': configMap('cm'),
        'empty/notes.txt': '',
      },
      { 'app/out': '../../outside', 'app/circle': 'circle' },
    );
    const error = await failure(render('app'));
    expect([error.reason, error.message]).toEqual([reason, expect.stringContaining(words)]);
    expect(error.message).not.toContain(root);
  });

  it('does not repeat the value of a Secret', async () => {
    await write({
      'app/kustomization.yaml':
        'resources: [s.yaml]\npatches: [{target: {kind: Secret}, patch: "[{op: test, path: /data/x, value: y}]"}]\n',
      'app/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  x: canary5ecret\n',
    });
    expect((await failure(render('app'))).message).not.toContain('canary5ecret');
    await write({ 'app/s.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {}\nstringData:\n  x: canary5ecret\n' });
    expect((await failure(render('app'))).message).not.toContain('canary5ecret');
  });

  it.each([
    ['a literal', { 'kustomization.yaml': 'secretGenerator:\n- {name: x, literals: ["canary5ecret"]}\n' }],
    [
      'a patch',
      {
        'kustomization.yaml':
          'resources: [c.yaml]\npatches:\n- patch: |\n    kind: Secret\n    data:\n      x: canary5ecret\n     y: bad\n',
        'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
      },
    ],
    [
      'a quoted patch',
      {
        'kustomization.yaml': `resources: [c.yaml]\npatches:\n- {patch: ${JSON.stringify('kind: Secret\ndata:\n  x: "canary5ecret"\n y: bad\n')}}\n`,
        'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
      },
    ],
  ])('says what is wrong with %s, without the value', async (_name, files) => {
    await write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`app/${name}`, text])));
    const { message } = await failure(render('app'));
    expect(message).toContain('kustomize could not build "app": ');
    expect(message).not.toContain('canary5ecret');
    expect(message).not.toMatch(/run\.go|E\d{4}/);
  });
});

describe('options', () => {
  it('apply on top, and leave the checkout as it was', async () => {
    await write({ 'app/kustomization.yaml': 'resources: [pod.yaml]\n', 'app/pod.yaml': POD });
    const images = ['registry.example/shop/web=registry.example/shop/new:2.0'];
    const result = await render('app', { namePrefix: 'a-', nameSuffix: '-z', images, commonLabels: { team: 'web' } });
    expect(result.objects[0]).toMatchObject({
      metadata: { name: 'a-p-z', labels: { team: 'web' } },
      spec: { containers: [{ image: 'registry.example/shop/new:2.0' }] },
    });
    expect(result.reads).toEqual(['app']);
    expect(await readdir(join(root, 'app'))).toEqual(['kustomization.yaml', 'pod.yaml']);
  });

  it('set an image by the name the application renames', async () => {
    await write({
      'app/kustomization.yaml':
        'resources: [pod.yaml]\nimages: [{name: registry.example/shop/web, newName: mirror.example/web, newTag: "1"}]\n',
      'app/pod.yaml': POD,
    });
    const result = await render('app', { images: ['registry.example/shop/web:2'] });
    expect(result.objects[0]).toMatchObject({ spec: { containers: [{ image: 'mirror.example/web:2' }] } });
  });

  it.each([
    ['web:1.2', { name: 'web', newTag: '1.2' }],
    ['host:5000/web', { name: 'host:5000/web' }],
    ['host:5000/web:1', { name: 'host:5000/web', newTag: '1' }],
    ['web@sha256:ab', { name: 'web', digest: 'sha256:ab' }],
    ['web=other', { name: 'web', newName: 'other' }],
    ['web=host:5000/other:1', { name: 'web', newName: 'host:5000/other', newTag: '1' }],
    ['web=other@sha256:ab', { name: 'web', newName: 'other', digest: 'sha256:ab' }],
    ['web=web:3', { name: 'web', newTag: '3' }],
  ])('reads the image %s', (text, image) => {
    expect(imageOf(text)).toEqual(image);
  });
});
