import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkName, flattenList, parseManifest, parseManifests } from './parse.ts';

const good = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
const withMetadata = (metadata: unknown): unknown => ({ ...good, metadata });

describe('parseManifest', () => {
  it('answers the manifest', () => expect(parseManifest(good)).toEqual({ manifest: good }));

  it.each<[string, unknown, string]>([
    ['text', 'x', 'expected a Kubernetes object, found a string'],
    ['a list', [good], 'expected a Kubernetes object, found a list'],
    ['no kind', { ...good, kind: undefined }, 'kind is missing'],
    ['odd kind', { ...good, kind: 'Config Map' }, 'kind "Config Map" is not the name of a kind'],
    ['no apiVersion', { ...good, apiVersion: '' }, 'apiVersion is missing'],
    [
      'odd apiVersion',
      { ...good, apiVersion: 'apps/v1/x' },
      'apiVersion "apps/v1/x" is not a group and version such as apps/v1',
    ],
    ['number apiVersion', { ...good, apiVersion: 1 }, 'apiVersion a number is not a group and version such as apps/v1'],
    ['no metadata', { ...good, metadata: null }, 'metadata is missing'],
    ['metadata list', withMetadata([]), 'metadata must be an object, found a list'],
    ['no name', withMetadata({}), 'metadata.name is missing'],
    [
      'generateName',
      withMetadata({ generateName: 'x-' }),
      'metadata.generateName makes a new object each time and cannot be compared; give metadata.name',
    ],
    ['number name', withMetadata({ name: 5 }), 'metadata.name must be text, found a number'],
    [
      'capital name',
      withMetadata({ name: 'Web' }),
      'metadata.name "Web" must be at most 253 lower-case letters, digits, "-" or ".", and begin and end with a letter or digit',
    ],
    [
      'slash in name',
      withMetadata({ name: 'a/b' }),
      'metadata.name "a/b" must be at most 253 lower-case letters, digits, "-" or ".", and begin and end with a letter or digit',
    ],
    ['odd namespace', withMetadata({ name: 'a', namespace: 'a.b' }), 'metadata.namespace "a.b" is not a DNS label'],
    [
      'boolean label',
      withMetadata({ name: 'a', labels: { on: true } }),
      'metadata.labels["on"] must be text, found a boolean; put it in quotes',
    ],
    [
      'labels list',
      withMetadata({ name: 'a', labels: [] }),
      'metadata.labels must be an object of texts, found a list',
    ],
    [
      'number annotation',
      withMetadata({ name: 'a', annotations: { 'x/y': 1 } }),
      'metadata.annotations["x/y"] must be text, found a number; put it in quotes',
    ],
    ['NaN', { ...good, data: { a: Number.NaN } }, 'data.a is not a finite number'],
    ['date', { ...good, data: [new Date(0)] }, 'data[0] is not JSON'],
    ['undefined in list', { ...good, data: [undefined] }, 'data[0] is not JSON'],
    [
      'prototype member',
      JSON.parse('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"__proto__":"x"}}'),
      'data has a member named __proto__',
    ],
  ])('%s', (_name, value, problem) => expect(parseManifest(value).problems).toContain(problem));

  it('refuses endless nesting instead of overflowing', () => {
    const loop: Record<string, unknown> = { ...good };
    loop['spec'] = loop;
    expect(parseManifest(loop).problems?.[0]).toMatch(/nested deeper than 100 levels/);
  });

  it('never throws, and accepts only what names an object', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = parseManifest(value);
        if (parsed.problems === undefined) expect(parsed.manifest.metadata.name).not.toBe('');
        else expect(parsed.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('checkName', () => {
  it.each([
    ['Role', 'system:node', true],
    ['ClusterRole', '..', false],
    ['RoleBinding', 'a/b', false],
    ['RoleBinding', 'x'.repeat(254), false],
    ['Service', 'web.v1', false],
    ['Service', 'web', true],
    ['Namespace', 'x'.repeat(64), false],
    ['Deployment', 'web.v1', true],
    ['CustomResourceDefinition', 'widgets.example.com', true],
    ['Deployment', '-web', false],
    ['Deployment', 'x'.repeat(254), false],
  ])('%s %s', (kind, name, fine) => expect(checkName(kind, name) === null).toBe(fine));
});

describe('flattenList and parseManifests', () => {
  it('takes Lists apart, lists in lists and typed lists too', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [good, { apiVersion: 'v1', kind: 'List', items: [good] }] };
    expect(flattenList(list)).toEqual([good, good]);
    const typed = { apiVersion: 'v1', kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }] };
    expect(flattenList(typed)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
    expect(flattenList({ apiVersion: 'v1', kind: 'List', items: null })).toEqual([]);
    expect(flattenList({ apiVersion: 'x.io/v1', kind: 'AllowList', metadata: { name: 'a' } })).toHaveLength(1);
  });
  it('keeps the good, names the bad, leaves out empty documents', () => {
    const result = parseManifests([null, good, { kind: 'Deployment', metadata: { name: 'web' } }, 5]);
    expect(result.manifests).toEqual([good]);
    expect(result.problems).toEqual([
      { index: 2, object: 'Deployment web', problems: ['apiVersion is missing'] },
      { index: 3, object: 'a number', problems: ['expected a Kubernetes object, found a number'] },
    ]);
  });
});
