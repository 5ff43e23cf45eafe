import { describe, expect, it } from 'vitest';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { compareObject } from './compare.ts';
import { diffDocuments, manifestYaml } from './document.ts';
import { schema } from './testdata/compare-cases.ts';

const make = (spec: JsonObject, metadata: JsonObject = {}): Manifest => ({
  spec,
  kind: 'Deployment',
  metadata: { labels: { b: '2', a: '1' }, name: 'web', ...metadata },
  apiVersion: 'apps/v1',
});
const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('diffDocuments', () => {
  it('shows the differences and nothing else', () => {
    const desired = make({
      replicas: 2,
      containers: [{ name: 'web', image: 'a:2', resources: { limits: { cpu: '1' } } }],
    });
    const live = make(
      {
        replicas: 5,
        paused: true,
        containers: [{ name: 'sidecar' }, { name: 'web', image: 'a:1', resources: { limits: { cpu: '1000m' } } }],
      },
      { uid: 'x', resourceVersion: '9' },
    );
    const comparison = compareObject({ desired, live, schema });
    const differences = comparison.verdict === 'equal' ? [] : comparison.differences;
    const texts = diffDocuments({ desired, live, differences });
    expect(texts.desired).toBe(
      [
        'apiVersion: apps/v1',
        'kind: Deployment',
        'metadata:',
        '  name: web',
        '  labels:',
        '    a: "1"',
        '    b: "2"',
        'spec:',
        '  replicas: 2',
        '  containers:',
        '    - name: web',
        '      image: a:2',
        '      resources:',
        '        limits:',
        '          cpu: "1"',
        '',
      ].join('\n'),
    );
    const left = lines(texts.desired);
    const right = lines(texts.live);
    expect(right.filter((line, index) => line !== left[index])).toEqual(['  replicas: 5', '      image: a:1']);
  });

  it.each<[string, { path: string; desired?: unknown; live?: unknown }, string]>([
    ['a field only in live', { path: 'spec.paused', live: true }, '  paused: true'],
    ['an item only in live', { path: 'spec.containers[name=old]', live: { name: 'old' } }, '    - name: old'],
    ['a value only in live', { path: 'metadata.finalizers[=x/y]', live: 'x/y' }, '    - x/y'],
    ['a label only in live', { path: 'metadata.labels["a.b/c"]', live: 'd' }, '    a.b/c: d'],
  ])('%s is one more line there', (_name, { path, live }, line) => {
    const desired = make({ containers: [{ name: 'web' }] });
    const texts = diffDocuments({
      desired,
      live: desired,
      differences: [
        { path, desired: undefined, live: live === undefined ? undefined : JSON.parse(JSON.stringify(live)) },
      ],
    });
    expect(lines(texts.live)).toContain(line);
    expect(lines(texts.desired)).not.toContain(line);
  });

  it('takes out what live lacks', () => {
    const desired = make({ containers: [{ name: 'web' }, { name: 'b', image: 'x' }] });
    const texts = diffDocuments({
      desired,
      live: desired,
      differences: [
        { path: 'spec.containers[name=b]', desired: { name: 'b', image: 'x' }, live: undefined },
        { path: 'metadata.labels.a', desired: '1', live: undefined },
      ],
    });
    expect(texts.live).not.toMatch(/name: b|image: x|a: "1"/);
    expect(texts.desired).toMatch(/name: b[\s\S]*image: x/);
  });

  it('an object on one side only leaves the other empty', () => {
    expect(diffDocuments({ desired: make({}), live: null, differences: [] }).live).toBe('');
    const extra = diffDocuments({
      desired: null,
      live: { ...make({ replicas: 1 }, { uid: 'x' }), status: {} },
      differences: [],
    });
    expect(extra.desired).toBe('');
    expect(extra.live).toContain('replicas: 1');
    expect(extra.live).not.toMatch(/uid|status/);
    expect(diffDocuments({ desired: null, live: null, differences: [] })).toEqual({ desired: '', live: '' });
  });

  it('survives differences that lead nowhere', () => {
    const desired = make({});
    const differences = ['', '[[', 'spec.a[0].b', 'kind.x', 'spec[0]'].map((path) => ({
      path,
      desired: undefined,
      live: 1,
    }));
    expect(diffDocuments({ desired, live: desired, differences }).desired).toBe(manifestYaml(make({})));
  });
});

it('manifestYaml is the same whatever order the members came in', () => {
  const a = make({ b: 1, a: { d: 1, c: 2 } });
  const b: Manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { a: '1', b: '2' } },
    spec: { a: { c: 2, d: 1 }, b: 1 },
  };
  expect(manifestYaml(a)).toBe(manifestYaml(b));
});
