import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { objectAt } from '#lib/domain/resource/json.ts';
import { RenderError, type RenderOptions, type RenderResult } from '#lib/ports/renderer.ts';

import { createRenderer } from '../renderer.ts';

const renderer = createRenderer({ toolsDirectory: join(tmpdir(), 'quarterdeck-tools') });

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  {{- range $key, $value := .Values }}
  {{ $key }}: {{ $value | toJson | quote }}
  {{- end }}
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'helm-values-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  const chart = {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'charts/web/templates/values.yaml': TEMPLATE,
  };
  for (const [path, text] of Object.entries({ ...chart, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

function render(helm: NonNullable<RenderOptions['helm']>): Promise<RenderResult> {
  const limits = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };
  const request = { root, path: 'charts/web', namespace: 'shop', applicationName: 'web', limits };
  return renderer.render({ ...request, options: { helm } });
}
const valuesOf = async (helm: NonNullable<RenderOptions['helm']>) => objectAt((await render(helm)).objects[0], 'data');
const failure = (helm: NonNullable<RenderOptions['helm']>) =>
  render(helm).then(
    () => new Error('expected a failure'),
    (error: unknown) => error,
  );

describe('value files', () => {
  beforeEach(() =>
    write({
      'charts/web/values/10-base.yaml': 'level: base\na: 1\n',
      'charts/web/values/20-eu.yaml': 'level: eu\nb: 2\n',
      'charts/web/values/deep/30.yaml': 'level: deep\nc: 3\n',
      'charts/web/values/notes.txt': 'no values',
      'env/production.yaml': 'level: production\n',
      'env/staging.yaml': 'level: staging\n',
    }),
  );

  it.each<[string, string[], Record<string, string>]>([
    ['a pattern, in the order of names', ['values/*.yaml'], { level: '"eu"', a: '1', b: '2' }],
    ['through folders', ['values/**/*.yaml'], { level: '"deep"', a: '1', b: '2', c: '3' }],
    ['alternatives', ['values/{10-base,20-eu}.yaml'], { level: '"eu"', a: '1', b: '2' }],
    [
      'one after the other, the last wins',
      ['values/*.yaml', 'values/10-base.yaml'],
      { level: '"base"', a: '1', b: '2' },
    ],
    ['from the root of the repository', ['/env/prod*.yaml'], { level: '"production"' }],
    ['above the chart', ['../../env/staging.yaml'], { level: '"staging"' }],
  ])('%s', async (_, valueFiles, data) => {
    expect(await valuesOf({ valueFiles })).toEqual(data);
  });

  it('that are not there are named, or passed over where that is allowed', async () => {
    expect(await failure({ valueFiles: ['values/none.yaml'] })).toMatchObject({
      reason: 'path-missing',
      message: 'The value file "values/none.yaml" does not exist (looked for charts/web/values/none.yaml).',
    });
    expect(await failure({ valueFiles: ['values/none-*.yaml'] })).toMatchObject({
      reason: 'path-missing',
      message: 'No value file fits "values/none-*.yaml" (looked for charts/web/values/none-*.yaml).',
    });
    const some = { valueFiles: ['values/none.yaml', 'no/*.yaml', '/env/staging.yaml'], ignoreMissingValueFiles: true };
    expect(await valuesOf(some)).toEqual({ level: '"staging"' });
  });

  it('of a pattern are watched as a folder, so that a new one is seen', async () => {
    const { reads } = await render({ valueFiles: ['/env/*.yaml'] });
    expect(reads).toContain('env');
    const missing = await render({ valueFiles: ['later.yaml'], ignoreMissingValueFiles: true });
    expect(missing.reads.some((path) => 'charts/web/later.yaml'.startsWith(path))).toBe(true);
  });

  it.each(['../../../etc/passwd', '/../etc/*', '../../../../**/*.yaml'])('never lie outside: %s', async (path) => {
    expect(await failure({ valueFiles: [path], ignoreMissingValueFiles: true })).toMatchObject({
      reason: 'unsafe-path',
    });
  });

  it('behind a link out of the repository are refused', async () => {
    await symlink('/etc', join(root, 'charts/web/out'));
    expect(await failure({ valueFiles: ['out/passwd'] })).toMatchObject({ reason: 'unsafe-path' });
  });
});

describe('inline values', () => {
  beforeEach(() =>
    write({ 'charts/web/values.yaml': 'level: chart\n', 'charts/web/note.txt': 'two\nlines, and a comma\n' }),
  );

  it('as an object win over those as text, which win over files', async () => {
    await write({ 'charts/web/eu.yaml': 'level: eu\nfile: true\n' });
    const helm = {
      valueFiles: ['eu.yaml'],
      values: 'level: text\ntext: true\n',
      valuesObject: { level: { deep: [1] } },
    };
    expect(await valuesOf(helm)).toEqual({ level: '{"deep":[1]}', file: 'true', text: 'true' });
  });

  it('from a file are its text, whatever stands in it', async () => {
    expect(await valuesOf({ fileParameters: [{ name: 'note', path: 'note.txt' }] })).toEqual({
      level: '"chart"',
      note: JSON.stringify('two\nlines, and a comma\n'),
    });
    expect(await failure({ fileParameters: [{ name: 'note', path: '../../../etc/passwd' }] })).toBeInstanceOf(
      RenderError,
    );
    expect(await failure({ fileParameters: [{ name: 'note', path: 'none.txt' }] })).toMatchObject({
      reason: 'path-missing',
    });
  });

  it('are held against the schema of the chart, unless that is skipped', async () => {
    await write({ 'charts/web/values.schema.json': JSON.stringify({ properties: { level: { type: 'integer' } } }) });
    expect(await failure({})).toMatchObject({ reason: 'template', message: expect.stringContaining('level') });
    expect(await valuesOf({ skipSchemaValidation: true })).toEqual({ level: '"chart"' });
  });
});

it('lookup is said to find nothing', async () => {
  await write({
    'charts/web/templates/found.yaml': '{{- $found := lookup "v1" "Secret" "shop" "token" }}\n# {{ len $found }}\n',
  });
  expect((await render({})).warnings).toEqual([
    'charts/web/templates/found.yaml uses "lookup", which finds nothing here: a render does not ask the cluster.',
  ]);
});
