import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RenderError, type RenderOptions, type RenderRequest, type RenderResult } from '#lib/ports/renderer.ts';

import { createRenderer } from './renderer.ts';

const TOOLS = join(tmpdir(), 'quarterdeck-tools');
const renderer = createRenderer({ toolsDirectory: TOOLS });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'renderer-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>, links: Record<string, string> = {}): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
}

function render(path: string, options: RenderOptions = {}, extra: Partial<RenderRequest> = {}): Promise<RenderResult> {
  const limits = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };
  return renderer.render({ root, path, options, namespace: 'shop', applicationName: 'web', limits, ...extra });
}

async function failure(work: Promise<unknown>): Promise<RenderError> {
  const error: unknown = await work.then(
    () => new Error('expected a failure'),
    (reason: unknown) => reason,
  );
  if (error instanceof RenderError) return error;
  throw error;
}

const names = ({ objects }: RenderResult): string[] => objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
const configMap = (name: string, extra = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${extra}`;

describe('Jsonnet', () => {
  it('alone is refused with what to do', async () => {
    await write({ 'app/main.jsonnet': '{}' });
    expect(await failure(render('app'))).toMatchObject({
      reason: 'template',
      message: 'app/main.jsonnet is Jsonnet, which is not rendered; commit the manifests it makes, or exclude it.',
      file: 'app/main.jsonnet',
    });
    expect(names(await render('app', { directory: { exclude: '*.jsonnet' } }))).toEqual([]);
  });

  it('beside manifests is said to be left out', async () => {
    await write({ 'app/lib.libsonnet': '{}', 'app/a.yaml': configMap('a') });
    const result = await render('app');
    expect(names(result)).toEqual(['ConfigMap/a']);
    expect(result.warnings).toEqual([
      'app/lib.libsonnet is Jsonnet, which is not rendered; commit the manifests it makes.',
    ]);
  });
});

describe('plain folders', () => {
  it('reads yaml, yml and json of one folder in order, flattens lists, skips the rest', async () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [JSON.parse('{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","labels":null}}')],
    };
    await write({
      'app/b.yaml': `# only a comment\n---\n${configMap('b1')}---\n${configMap('b2', 'data:\n  mode: 0644\n')}`,
      'app/a.json': JSON.stringify(list),
      'app/c.yml': configMap('c'),
      'app/notes.txt': 'x',
      'app/sub/d.yaml': configMap('d'),
      'app/empty.yaml': '',
    });
    const result = await render('app');
    expect(result).toMatchObject({ tool: 'directory', version: 'directory 1', reads: ['app'], warnings: [] });
    expect(names(result)).toEqual(['Secret/s', 'ConfigMap/b1', 'ConfigMap/b2', 'ConfigMap/c']);
    expect(result.objects[0]?.metadata).toEqual({ name: 's' });
    expect(result.objects[2]?.['data']).toEqual({ mode: 420 });
  });

  it.each([
    [{ recurse: true }, ['ConfigMap/a', 'ConfigMap/dev', 'ConfigMap/prod']],
    [{ recurse: true, include: 'env/*.yaml' }, ['ConfigMap/dev', 'ConfigMap/prod']],
    [{ recurse: true, exclude: '**/prod.yaml' }, ['ConfigMap/a', 'ConfigMap/dev']],
    [{ recurse: true, include: '{a.yaml,env/dev.yaml}' }, ['ConfigMap/a', 'ConfigMap/dev']],
    [{ exclude: 'a.*' }, []],
  ])('honours %j', async (directory, expected) => {
    await write({ 'a.yaml': configMap('a'), 'env/dev.yaml': configMap('dev'), 'env/prod.yaml': configMap('prod') });
    const result = await render('.', { directory });
    expect(names(result)).toEqual(expected);
    expect(result.reads).toEqual(['.']);
  });

  it('follows file links inside the repository and reads their targets', async () => {
    await write(
      { 'shared/x.yaml': configMap('x'), 'app/a.yaml': configMap('a') },
      { 'app/x.yaml': '../shared/x.yaml' },
    );
    const result = await render('app');
    expect(names(result)).toEqual(['ConfigMap/a', 'ConfigMap/x']);
    expect(result.reads).toEqual(['app', 'shared/x.yaml']);
  });

  it('follows a link in the path of the application itself', async () => {
    await write({ 'real/web/a.yaml': configMap('a') }, { apps: 'real' });
    expect((await render('apps/web')).reads).toEqual(['apps', 'real/web']);
  });

  it.each([
    ['missing', { 'a.yaml': '' }, 'app', 'path-missing', 'app'],
    ['a file', { app: 'x' }, 'app', 'path-missing', 'is a file'],
    ['outside', { 'a.yaml': '' }, '../x', 'unsafe-path', 'leaves'],
    ['broken', { 'app/a.yaml': 'a: [1\n' }, 'app', 'invalid-yaml', 'app/a.yaml:'],
    ['no kind', { 'app/a.yaml': 'apiVersion: v1\n' }, 'app', 'invalid-object', 'app/a.yaml:1 has no kind'],
    ['no apiVersion', { 'app/a.yaml': 'kind: X\n' }, 'app', 'invalid-object', 'has no apiVersion'],
    ['no name', { 'app/a.yaml': 'apiVersion: v1\nkind: X\nmetadata: {}\n' }, 'app', 'invalid-object', 'metadata.name'],
    ['text', { 'app/a.yaml': 'hello\n' }, 'app', 'invalid-object', 'not an object'],
    ['odd namespace', { 'app/a.yaml': configMap('a', '  namespace: 12\n') }, 'app', 'invalid-object', 'quotes'],
  ])('refuses: %s', async (_name, files, path, reason, words) => {
    await write(files);
    const error = await failure(render(path));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(words);
  });

  it('says what a failure depends on, unless trying again may help', async () => {
    await write({ 'app/a.yaml': configMap('a'), file: 'x' });
    expect((await failure(render('missing/deep'))).reads).toEqual(['missing']);
    expect((await failure(render('file'))).reads).toEqual(['file']);
    await write({ 'app/b.yaml': 'a: [1\n' }, { 'app/c.yaml': '../link', link: '../outside' });
    expect((await failure(render('app'))).reads).toEqual(['app', 'link']);
    const gone = { root: join(root, 'gone') };
    expect(await failure(render('app', {}, gone))).toMatchObject({ reason: 'internal', reads: undefined });
  });

  it('names both files of a duplicate, also where only one says the namespace', async () => {
    await write({ 'app/a.yaml': configMap('x'), 'app/b.yaml': configMap('x', '  namespace: shop\n') });
    const error = await failure(render('app'));
    expect(error.reason).toBe('duplicate');
    expect(error.message).toContain('app/a.yaml:1');
    expect(error.message).toContain('app/b.yaml:1');
    await write({ 'app/b.yaml': configMap('x', '  namespace: other\n') });
    expect((await render('app')).objects).toHaveLength(2);
  });

  it('refuses 50 MB at once, and too many files and objects', async () => {
    await write({ 'app/a.yaml': configMap('a'), 'app/big.yaml': '' });
    await truncate(join(root, 'app/big.yaml'), 50_000_000);
    const started = performance.now();
    const error = await failure(render('app'));
    expect(error).toMatchObject({ reason: 'too-large', file: 'app/big.yaml' });
    expect(performance.now() - started).toBeLessThan(500);
    await write({ 'app/big.yaml': Array.from({ length: 101 }, (_, at) => configMap(`c${at}`)).join('---\n') });
    expect((await failure(render('app'))).message).toContain('More than 100 objects');
    const limits = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 1 };
    expect((await failure(render('app', {}, { limits }))).message).toContain('More than 1 files');
  });

  it.each([
    ['absolute', '/etc/passwd'],
    ['relative', '../../outside.yaml'],
    ['chained', '../link-1'],
    ['circular', 'x.yaml'],
  ])('refuses a link: %s', async (_name, target) => {
    await write({ 'app/a.yaml': configMap('a') }, { 'app/x.yaml': target, 'link-1': 'link-2', 'link-2': '../outside' });
    expect((await failure(render('app'))).reason).toBe('unsafe-path');
  });
});

describe('which tool', () => {
  const chart = {
    'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\n',
    'app/templates/a.yaml': configMap('a'),
  };
  const kustomization = { 'app/kustomization.yaml': 'resources: [cm.yaml]\n', 'app/cm.yaml': configMap('cm') };

  it.each([
    ['helm', { ...chart, ...kustomization }, {}],
    ['kustomize', kustomization, {}],
    ['kustomize', { 'app/Kustomization': 'resources: [cm.yaml]\n', 'app/cm.yaml': configMap('cm') }, {}],
    ['kustomize', { ...chart, ...kustomization }, { tool: 'kustomize' as const }],
    ['directory', { 'app/cm.yaml': configMap('cm') }, {}],
    ['kustomize', { ...chart, ...kustomization }, { kustomize: {} }],
    ['directory', { ...chart, 'app/cm.yaml': configMap('cm') }, { directory: { include: 'cm.yaml' } }],
  ])('%s', async (tool, files, options) => {
    await write(files);
    expect((await render('app', options)).tool).toBe(tool);
  });

  it('answers the versions', async () => {
    expect(await renderer.versions()).toEqual({
      directory: 'directory 1',
      helm: expect.stringMatching(/^helm v\d+\.\d+\.\d+$/),
      kustomize: expect.stringMatching(/^kustomize v\d+\.\d+\.\d+$/),
    });
  });
});

describe('time and processes', () => {
  it('kills a template that does not end, and obeys an abort', async () => {
    const loop = '{{- range $a := until 5000 }}{{- range $b := until 100000 }}{{ $b }}{{- end }}{{- end }}';
    await write({ 'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\n', 'app/templates/a.yaml': loop });
    const limits = { timeoutMs: 700, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };
    const started = performance.now();
    expect((await failure(render('app', {}, { limits }))).reason).toBe('timeout');
    expect((await failure(render('app', {}, { signal: AbortSignal.timeout(300) }))).reason).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('stops when the output grows beyond the cap', async () => {
    const flood = `${configMap('a')}data:\n  x: "{{ range $i, $e := until 300000 }}0123456789{{ end }}"\n`;
    await write({ 'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 0.1.0\n', 'app/templates/a.yaml': flood });
    expect((await failure(render('app'))).reason).toBe('too-large');
  });
});
