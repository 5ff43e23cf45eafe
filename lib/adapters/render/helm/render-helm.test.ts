import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { RenderError, type RenderOptions, type RenderResult } from '#lib/ports/renderer.ts';

import { networkCutter } from '../cut-network.ts';
import { createRenderer } from '../renderer.ts';
import { runTool } from '../run-tool.ts';
import { boundedWords } from '../words.ts';

const renderer = createRenderer({ toolsDirectory: join(tmpdir(), 'quarterdeck-tools') });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'helm-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const VALUES_MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  {{- range $key, $value := .Values }}
  {{ $key }}: {{ $value | toJson | quote }}
  {{- end }}
`;

async function chart(files: Record<string, string> = {}, links: Record<string, string> = {}): Promise<void> {
  const all = {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'charts/web/templates/values.yaml': VALUES_MAP,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await symlink(target, join(root, path));
  }
}

function render(helm: NonNullable<RenderOptions['helm']> = {}): Promise<RenderResult> {
  const limits = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };
  const request = { root, path: 'charts/web', namespace: 'shop', applicationName: 'web-dev', limits };
  return renderer.render({ ...request, options: { helm } });
}

async function failure(work: Promise<unknown>): Promise<RenderError> {
  const error: unknown = await work.then(
    () => new Error('expected a failure'),
    (reason: unknown) => reason,
  );
  if (error instanceof RenderError) return error;
  throw error;
}

const dataOf = (result: RenderResult): unknown => result.objects[0]?.['data'];
const names = ({ objects }: RenderResult): string[] => objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

describe('helm values', () => {
  it('names the release after the application, and puts files below inline values below parameters', async () => {
    await chart({
      'charts/web/values.yaml': 'a: chart\nb: chart\nc: chart\nd: chart\n',
      'charts/web/env.yaml': 'b: file\nc: file\nd: file\n',
      'shared/all.yaml': 'c: shared\nd: shared\n',
    });
    const result = await render({
      valueFiles: ['env.yaml', '/shared/all.yaml'],
      values: 'd: inline\ne: inline\n',
      parameters: [
        { name: 'e', value: 'x,y=z' },
        { name: 'f', value: '12' },
        { name: 'g', value: '12', forceString: true },
        { name: 'h', value: '{1,2}' },
      ],
    });
    expect(result.objects[0]?.metadata).toEqual({ name: 'web-dev', namespace: 'shop' });
    expect(dataOf(result)).toEqual({
      a: '"chart"',
      b: '"file"',
      c: '"shared"',
      d: '"inline"',
      e: '"x,y=z"',
      f: '12',
      g: '"12"',
      h: '[1,2]',
    });
    expect(result.reads).toEqual(['charts/web', 'shared/all.yaml']);
    expect((await render({ releaseName: 'other' })).objects[0]?.metadata.name).toBe('other');
  });

  it.each([
    ['../../../x.yaml', 'unsafe-path'],
    ['/../x.yaml', 'unsafe-path'],
    ['out.yaml', 'unsafe-path'],
    ['nothing.yaml', 'path-missing'],
    ['templates', 'path-missing'],
    ['https://user:pw@example.com/v.yaml', 'remote-base'],
    ['broken.yaml', 'invalid-yaml'],
  ])('refuses the value file %s: %s', async (file, reason) => {
    await chart({ 'charts/web/broken.yaml': 'a: [1\n' }, { 'out-link.yaml': '../outside.yaml' });
    await symlink('../../out-link.yaml', join(root, 'charts/web/out.yaml')).catch(() => undefined);
    if (file !== 'out.yaml') await rm(join(root, 'charts/web/out.yaml'));
    const error = await failure(render({ valueFiles: [file] }));
    expect(error.reason).toBe(reason);
    expect(error.message).not.toContain('pw@');
  });

  it('hands a name with a comma over as one file', async () => {
    await chart({ 'charts/web/x,/etc/hostname': 'a: comma\n' });
    expect(dataOf(await render({ valueFiles: ['x,/etc/hostname'] }))).toEqual({ a: '"comma"' });
  });

  it.each([
    [{ values: 'a: [1' }, 'invalid-yaml'],
    [{ releaseName: '--post-renderer=x' }, 'template'],
    [{ kubeVersion: '--x' }, 'template'],
    [{ apiVersions: ['a b'] }, 'template'],
  ])('refuses %j', async (helm, reason) => {
    await chart();
    expect((await failure(render(helm))).reason).toBe(reason);
  });
});

describe('helm templates', () => {
  const hook = (kind: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${kind}\n  annotations:\n    helm.sh/hook: ${kind}\nspec: {}\n`;

  it('keeps hooks, leaves tests out, includes CRDs unless told otherwise', async () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example\n';
    await chart({
      'charts/web/crds/things.yaml': crd,
      'charts/web/templates/hook.yaml': hook('pre-install'),
      'charts/web/templates/test.yaml': hook('test'),
      'charts/web/templates/old-test.yaml': hook('test-success'),
    });
    expect(names(await render())).toEqual([
      'CustomResourceDefinition/things.example',
      'ConfigMap/web-dev',
      'Pod/pre-install',
    ]);
    expect(names(await render({ skipCrds: true }))).toEqual(['ConfigMap/web-dev', 'Pod/pre-install']);
  });

  it('takes the Kubernetes version and API versions as given, and looks nothing up', async () => {
    await chart({
      'charts/web/templates/values.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: x
data:
  version: {{ .Capabilities.KubeVersion.Version | quote }}
  has: {{ .Capabilities.APIVersions.Has "example.com/v1/Thing" | quote }}
  lookup: {{ lookup "v1" "Secret" "kube-system" "" | toJson | quote }}
  env: {{ getHostByName "localhost" | quote }}
`,
    });
    expect(dataOf(await render({ kubeVersion: '1.31.2', apiVersions: ['example.com/v1/Thing'] }))).toEqual({
      version: 'v1.31.2',
      has: 'true',
      lookup: '{}',
      env: '',
    });
  });

  it.each([
    [{ 'templates/bad.yaml': '{{ .Values.a.b.c }}' }, 'template', 'charts/web/templates/bad.yaml'],
    [{ 'templates/bad.yaml': '{{ if }}' }, 'template', 'charts/web/templates/bad.yaml'],
    [{ 'templates/bad.yaml': 'a: [1\n' }, 'invalid-yaml', 'charts/web/templates/bad.yaml'],
    [{ 'templates/bad.yaml': 'kind: X\n' }, 'invalid-object', 'charts/web/templates/bad.yaml'],
    [{ 'templates/bad.yaml': '{{ required "an owner is needed" .Values.owner }}' }, 'template', 'an owner is needed'],
    [{ 'templates/bad.yaml': VALUES_MAP }, 'duplicate', 'charts/web/templates/bad.yaml'],
    [
      {
        'Chart.yaml':
          'apiVersion: v2\nname: web\nversion: 0.1.0\ndependencies: [{name: redis, version: 1.x, repository: "https://charts.example"}]\n',
      },
      'path-missing',
      'redis',
    ],
  ])('explains %j: %s', async (files, reason, words) => {
    await chart(Object.fromEntries(Object.entries(files).map(([path, text]) => [`charts/web/${path}`, text])));
    const error = await failure(render());
    expect([error.reason, error.message]).toEqual([reason, expect.stringContaining(words)]);
    expect(error.message).not.toContain(root);
  });

  it('takes dependencies from charts/, also by a link inside the repository', async () => {
    const dependency = 'apiVersion: v2\nname: web\nversion: 0.1.0\ndependencies: [{name: common, version: 0.1.0}]\n';
    await chart(
      {
        'charts/web/Chart.yaml': dependency,
        'shared/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 0.1.0\n',
        'shared/common/templates/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: common\n',
      },
      { 'charts/web/charts/common': '../../../shared/common' },
    );
    const result = await render();
    expect(names(result).toSorted()).toEqual(['ConfigMap/common', 'ConfigMap/web-dev']);
    expect(result.reads).toEqual(['charts/web', 'shared/common']);
  });

  it.each([
    ['a file out of the tree', 'charts/web/templates/x.yaml', '../../../../etc/passwd'],
    ['an absolute link', 'charts/web/files/x', '/etc'],
    ['a circle of folders', 'charts/web/files/x', '..'],
  ])('refuses %s', async (_name, link, target) => {
    await chart({}, { [link]: target });
    expect((await failure(render())).reason).toBe('unsafe-path');
  });

  it('repeats no value where a Secret is made, and else none with a name like a password', async () => {
    const values = 'database: {login: canary5ecret}\nimage: registry.example/web\napi: {token: canary5token}\n';
    const words =
      '{{ fail (printf "%s, %q, %s, %s" .Values.database.login .Values.database.login .Values.image .Values.api.token) }}';
    await chart({ 'charts/web/templates/bad.yaml': `kind: Secret\ndata: ${words}`, 'charts/web/values.yaml': values });
    const ofSecret = (await failure(render())).message;
    expect(ofSecret).toContain('templates/bad.yaml');
    expect(ofSecret).not.toMatch(/canary5|registry\.example/);
    await chart({ 'charts/web/templates/bad.yaml': `kind: ConfigMap\ndata: ${words}` });
    const ofOther = (await failure(render())).message;
    expect(ofOther).toContain('registry.example/web');
    expect(ofOther).not.toContain('canary5token');
    expect(
      (await failure(render({ parameters: [{ name: 'api.token', value: 'canary5other' }] }))).message,
    ).not.toContain('canary5other');
  });

  it('does not repeat values in an error', async () => {
    const secret = 'canary5ecret';
    for (const template of [
      '{{ fail (toString .Values) }}',
      '{{ fail (toJson .Values) }}',
      '{{ fail (toYaml .Values) }}',
    ]) {
      await chart({ 'charts/web/templates/bad.yaml': template });
      const error = await failure(
        render({ values: `password: ${secret}\nlist: [${secret}]\n`.replace(/list.*\n/, '') }),
      );
      expect(error.message).not.toContain(secret);
    }
  });
});

describe('the children', () => {
  it('have no network where this machine can cut it', async () => {
    const env = { PATH: '/usr/bin:/bin' };
    const cutter = await networkCutter(env);
    const run = { cwd: '/', env, timeoutMs: 5000, maxBytes: 10_000, signal: undefined };
    const { stdout } = await runTool({ ...run, command: [...cutter, 'cat', '/proc/net/dev'] });
    const devices = [...stdout.matchAll(/^\s*([\w.-]+):/gm)].map(([, name]) => name);
    expect(cutter.length === 0 || devices.every((name) => name === 'lo')).toBe(true);
  });

  it('see nothing of our environment', async () => {
    const run = { command: ['/usr/bin/env'], cwd: '/', timeoutMs: 5000, maxBytes: 10_000, signal: undefined };
    const { stdout } = await runTool({ ...run, env: { PATH: '/usr/bin' } });
    expect(stdout.trim().split('\n').toSorted()).toEqual(['NODE_ENV=production', 'PATH=/usr/bin']);
  });

  it.each([
    ['error in /tmp/root/app/x.yaml', 'error in app/x.yaml'],
    ['got map[data:map[p:c2VjcmV0]] here', 'got map[…] here'],
    ['bad {"kind":"Secret","data":{"p":"x"}}', 'bad {…}'],
    [`open ${'x '.repeat(10)}map[a:${'hunter2 '.repeat(2000)}`, `open ${'x '.repeat(10)}map[…]`],
    [`open {"a":"${'hunter2 '.repeat(2000)}`, 'open {…}'],
    ['password: hunter2 is wrong', 'password: … is wrong'],
    ['cannot unmarshal !!str `hunter2` into map', 'cannot unmarshal !!str `…` into map'],
    ['token abcdefghijklmnopqrstuvwxyz0123456789', 'token …'],
    ['clone https://u:p@host/x', 'clone https://host/x'],
  ])('masks %j', (text, clean) => {
    expect(boundedWords(text, { '/tmp/root': '' })).toBe(clean);
  });
});
