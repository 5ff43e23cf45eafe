import { describe, expect, it } from 'vitest';
import type { Manifest } from '../resource/manifest.ts';
import { withLivePaths, withoutPaths } from './edit-paths.ts';

describe('an object without some paths', () => {
  const spec = { list: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], set: ['p', 'q'], hostname: 'h' };
  const manifest: Manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', labels: { x: '1', y: '2' } },
    spec,
  };
  it.each<[string[], object]>([
    [['spec.hostname'], { hostname: undefined }],
    [['spec.list[name="a"]', 'spec.list[name="c"]'], { list: [{ name: 'b' }] }],
    [['spec.list[0]', 'spec.list[1]'], { list: [{ name: 'c' }] }],
    [['spec.set[="q"]'], { set: ['p'] }],
    [['spec.none.at.all', 'nonsense['], {}],
  ])('%j', (paths, change) => {
    expect(withoutPaths(manifest, paths)['spec']).toEqual({ ...spec, ...change });
  });
});

describe('an object with some paths as they are live', () => {
  const base = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
  const wanted: Manifest = {
    ...base,
    spec: { replicas: 1, only: 'git', list: [{ name: 'a', image: 'one' }, { name: 'b' }] },
  };
  const live: Manifest = {
    ...base,
    metadata: { name: 'a', labels: { team: 'shop' } },
    spec: { replicas: 5, list: [{ name: 'c' }, { name: 'a', image: 'two' }], more: { x: 1 } },
  };
  it.each<[string[], object]>([
    [['spec.replicas'], { spec: { ...Object(wanted['spec']), replicas: 5 } }],
    [['spec.only'], { spec: { replicas: 1, list: [{ name: 'a', image: 'one' }, { name: 'b' }] } }],
    [
      ['spec.list[name="a"].image'],
      { spec: { ...Object(wanted['spec']), list: [{ name: 'a', image: 'two' }, { name: 'b' }] } },
    ],
    [
      ['spec.list[name="c"]'],
      { spec: { ...Object(wanted['spec']), list: [{ name: 'a', image: 'one' }, { name: 'b' }, { name: 'c' }] } },
    ],
    [['spec.more.x'], { spec: { ...Object(wanted['spec']), more: { x: 1 } } }],
    [['metadata.labels.team'], { metadata: live.metadata }],
    [['spec.none.at.all', 'nonsense['], {}],
  ])('%j', (paths, change) => {
    expect(withLivePaths(wanted, live, paths)).toEqual({ ...wanted, ...change });
    expect(wanted['spec']).toMatchObject({ replicas: 1, only: 'git' });
  });
});
