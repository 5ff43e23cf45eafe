import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../resource/manifest.ts';
import { KIND_ORDER, kindRank, orderForPrune, orderIntoWaves, runsOf, type SyncPhase, waveOf } from './order.ts';

const of = (
  kind: string,
  name: string,
  rest: { namespace?: string; annotations?: Record<string, string>; apiVersion?: string; spec?: unknown } = {},
): Manifest => {
  const { namespace, annotations, apiVersion = 'v1', spec } = rest;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    ...(spec === undefined ? {} : { spec }),
  };
};
const wave = (text: string): { annotations: Record<string, string> } => ({
  annotations: { 'quarterdeck.dev/sync-wave': text },
});
const waves = (manifests: Manifest[]) =>
  orderIntoWaves(
    manifests.flatMap((manifest) => (runsOf(manifest) ?? (['Sync'] as const)).map((phase) => ({ manifest, phase }))),
    (run) => run,
  );
const flatten = (manifests: Manifest[]) =>
  waves(manifests).flatMap(({ steps }) => steps.flat().map(({ manifest }) => manifest));
const shape = (manifests: Manifest[]): unknown =>
  waves(manifests).map(({ phase, wave: number, steps }) => [
    `${phase} ${number}`,
    ...steps.map((step) => step.map(({ manifest }) => manifest.metadata.name).join(' ')),
  ]);

describe('runsOf and waveOf', () => {
  it.each<[Record<string, string>, SyncPhase[] | null]>([
    [{}, null],
    [{ 'argocd.argoproj.io/hook': 'PostSync,PreSync' }, ['PreSync', 'PostSync']],
    [{ 'argocd.argoproj.io/hook': 'PostSync,PostDelete' }, ['PostSync']],
    [{ 'argocd.argoproj.io/hook': 'SyncFail' }, ['SyncFail']],
    [{ 'argocd.argoproj.io/hook': 'Skip' }, []],
    [{ 'helm.sh/hook': 'pre-install, pre-upgrade' }, ['PreSync']],
    [{ 'helm.sh/hook': 'test' }, []],
    [{ 'helm.sh/hook': 'crd-install' }, null],
    [{ 'quarterdeck.dev/hook': 'PostSync', 'helm.sh/hook': 'pre-install' }, ['PostSync']],
  ])('%j runs %j', (annotations, runs) => expect(runsOf(of('Job', 'a', { annotations }))).toEqual(runs));

  it.each<[Record<string, string>, number]>([
    [{}, 0],
    [{ 'quarterdeck.dev/sync-wave': '-5' }, -5],
    [{ 'argocd.argoproj.io/sync-wave': '3' }, 3],
    [{ 'quarterdeck.dev/sync-wave': '1', 'argocd.argoproj.io/sync-wave': '3' }, 1],
    [{ 'helm.sh/hook-weight': '7' }, 7],
    [{ 'quarterdeck.dev/sync-wave': 'soon' }, 0],
    [{ 'quarterdeck.dev/sync-wave': '1.5' }, 0],
  ])('%j is wave %i', (annotations, number) => expect(waveOf(of('Job', 'a', { annotations }))).toBe(number));
});

describe('orderIntoWaves', () => {
  it('goes by phase, wave, kind, namespace and name', () => {
    expect(
      shape([
        of('Deployment', 'web'),
        of('Widget', 'custom'),
        of('Job', 'smoke', { annotations: { 'argocd.argoproj.io/hook': 'PostSync' } }),
        of('Job', 'undo', { annotations: { 'argocd.argoproj.io/hook': 'SyncFail' } }),
        of('ConfigMap', 'b', { namespace: 'x' }),
        of('ConfigMap', 'a', { namespace: 'y' }),
        of('Service', 'late', wave('2')),
        of('Job', 'migrate', { annotations: { 'helm.sh/hook': 'pre-upgrade' } }),
        of('Secret', 's'),
        of('Pod', 'test', { annotations: { 'helm.sh/hook': 'test' } }),
      ]),
    ).toEqual([
      ['PreSync 0', 'migrate'],
      ['Sync 0', 's', 'b a', 'web', 'custom'],
      ['Sync 2', 'late'],
      ['PostSync 0', 'smoke'],
      ['SyncFail 0', 'undo'],
    ]);
  });

  it('puts a namespace before the first object inside it', () => {
    expect(
      shape([
        of('Namespace', 'shop', wave('5')),
        of('ConfigMap', 'a', { namespace: 'shop', ...wave('-1') }),
        of('Namespace', 'other', wave('5')),
      ]),
    ).toEqual([
      ['Sync -1', 'shop', 'a'],
      ['Sync 5', 'other'],
    ]);
  });

  it('puts a definition before the first object of its kind', () => {
    const definition = of('CustomResourceDefinition', 'widgets.example.com', {
      apiVersion: 'apiextensions.k8s.io/v1',
      spec: { group: 'example.com', names: { kind: 'Widget' } },
    });
    expect(
      shape([
        of('Widget', 'w', { apiVersion: 'example.com/v1', annotations: { 'helm.sh/hook': 'pre-install' } }),
        definition,
        of('Widget', 'x', { apiVersion: 'other.com/v1' }),
      ]),
    ).toEqual([
      ['PreSync 0', 'widgets.example.com', 'w'],
      ['Sync 0', 'x'],
    ]);
    expect(shape([of('CustomResourceDefinition', 'odd', { spec: null })])).toEqual([['Sync 0', 'odd']]);
  });

  const some = fc.record({
    kind: fc.constantFrom(...KIND_ORDER, 'Widget'),
    name: fc.constantFrom('a', 'b', 'c'),
    namespace: fc.constantFrom('x', 'y'),
    number: fc.integer({ min: -2, max: 2 }),
  });
  const manifests = fc.uniqueArray(
    some.map(({ kind, name, namespace, number }) => of(kind, name, { namespace, ...wave(String(number)) })),
    { selector: ({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}` },
  );

  it('does not depend on the order given, loses nothing, and pruning is the way back', () => {
    fc.assert(
      fc.property(manifests, (all) => {
        const flat = flatten(all);
        expect(flatten(all.toReversed())).toEqual(flat);
        expect(new Set(flat)).toEqual(new Set(all));
        expect(orderForPrune(all.filter(({ kind }) => kind !== 'Namespace'))).toEqual(
          flat.filter(({ kind }) => kind !== 'Namespace').reverse(),
        );
      }),
    );
  });

  it('a step holds one rank, and ranks rise inside a wave', () => {
    fc.assert(
      fc.property(manifests, (all) => {
        for (const { steps } of waves(all)) {
          const ranks = steps.map((step) => [...new Set(step.map(({ manifest }) => kindRank(manifest.kind)))]);
          expect(ranks.every((rank) => rank.length === 1)).toBe(true);
          const flat = ranks.flat();
          expect(flat).toEqual([...flat].sort((a, b) => a - b));
        }
      }),
    );
  });
});
