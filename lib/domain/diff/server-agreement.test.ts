import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySet } from '#lib/sandbox/kubernetes/apply/field-set.ts';
import { applyObject, recordUpdate } from '#lib/sandbox/kubernetes/apply/ownership.ts';
import { Shapes } from '#lib/sandbox/kubernetes/apply/shape.ts';
import { loadKubernetesSchema } from '#lib/sandbox/openapi/load.ts';
import { isObject, valueAt } from '../resource/json.ts';
import type { JsonObject, JsonValue, Manifest } from '../resource/manifest.ts';
import { isManifest } from '../resource/parse.ts';
import { findKindSchema } from '../schema/navigate.ts';
import { compareObject } from './compare.ts';
import { normaliseDesired } from './normalise.ts';
import { comparePrediction } from './predict.ts';

const { definitions, ...bundle } = loadKubernetesSchema();
const root = findKindSchema({ definitions, ...bundle }, { group: 'apps', version: 'v1', kind: 'Deployment' });
if (root === undefined) throw new Error('no schema of Deployment');
const schema = { root, definitions };
const shape = new Shapes(definitions).of(root);

const writer = (manager: string, day: number): Parameters<typeof recordUpdate>[2] => ({
  manager,
  apiVersion: 'apps/v1',
  subresource: '',
  now: `2026-01-0${day}T00:00:00Z`,
  ignored: emptySet(),
});
const manifestOf = (value: JsonValue): Manifest => {
  if (!isManifest(value)) throw new Error('not a manifest');
  return value;
};
/** Through JSON, as over the wire: absent members are gone. */
const wire = (value: unknown): JsonObject => {
  const parsed: unknown = JSON.parse(JSON.stringify(value));
  return isObject(parsed) ? parsed : {};
};

const perhaps = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const word = fc.constantFrom('x', 'y', 'z');
const words = (...keys: string[]): fc.Arbitrary<Record<string, string>> =>
  fc.dictionary(fc.constantFrom(...keys), word, { minKeys: 1, noNullPrototype: true });
const container = fc.record({
  name: fc.constantFrom('a', 'b'),
  image: perhaps(word),
  args: perhaps(fc.array(word, { minLength: 1, maxLength: 2 })),
  env: perhaps(
    fc.uniqueArray(fc.record({ name: fc.constantFrom('E', 'F'), value: word }), {
      selector: ({ name }) => name,
      minLength: 1,
    }),
  ),
  ports: perhaps(
    fc.uniqueArray(
      fc.record({
        containerPort: fc.constantFrom(80, 81),
        protocol: fc.constantFrom('TCP', 'UDP'),
        name: perhaps(word),
      }),
      { selector: (port) => `${port.containerPort}${port.protocol}`, minLength: 1 },
    ),
  ),
  resources: perhaps(
    fc.record({
      limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), fc.constantFrom('1', '2'), {
        minKeys: 1,
        noNullPrototype: true,
      }),
    }),
  ),
});
const deployment = fc
  .record({
    labels: perhaps(words('l', 'm', 'n')),
    finalizers: perhaps(fc.uniqueArray(fc.constantFrom('a/b', 'c/d'), { minLength: 1 })),
    replicas: perhaps(fc.constantFrom(2, 3)),
    matchLabels: perhaps(words('s', 't')),
    containers: fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1 }),
    nodeSelector: perhaps(words('s', 't')),
    tolerations: perhaps(fc.array(fc.record({ key: word, value: perhaps(word) }), { minLength: 1, maxLength: 2 })),
    maxSurge: perhaps(fc.constantFrom(1, 2)),
  })
  .map(({ labels, finalizers, replicas, matchLabels, maxSurge, ...pod }) =>
    wire({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels, finalizers },
      spec: {
        replicas,
        selector: matchLabels && { matchLabels },
        strategy: maxSurge && { rollingUpdate: { maxSurge } },
        template: { spec: pod },
      },
    }),
  );

/** Applied by us, then perhaps edited by a person. */
function lived(first: JsonObject, edit: JsonObject | null): JsonObject {
  const live = applyObject(
    shape,
    { live: {}, config: first, created: true },
    { writer: writer('quarterdeck', 1), force: true },
  );
  if (edit === null) return live;
  const metadata = {
    ...(isObject(edit['metadata']) ? edit['metadata'] : {}),
    managedFields: valueAt(live, 'metadata', 'managedFields') ?? [],
  };
  return recordUpdate(shape, { live, next: { ...edit, metadata }, created: false }, writer('kubectl-edit', 2));
}

describe('compareObject and server-side apply', () => {
  it('agree: equal means that an apply changes nothing, different names exactly the fields that it changes', () => {
    fc.assert(
      fc.property(deployment, deployment, fc.option(deployment), fc.boolean(), (first, second, edit, again) => {
        const live = lived(first, edit);
        const target = again ? first : second;
        const desired = normaliseDesired(manifestOf(target), { defaultNamespace: 'shop', namespaced: true });
        const comparison = compareObject({ desired, live: manifestOf(live), schema });
        const after = applyObject(
          shape,
          { live, config: target, created: false },
          { writer: writer('quarterdeck', 3), force: true },
        );
        const truth = comparePrediction(manifestOf(live), manifestOf(after), schema).map(({ path }) => path);
        if (comparison.verdict === 'equal') expect(truth).toEqual([]);
        if (comparison.verdict === 'different')
          expect(comparison.differences.map(({ path }) => path).sort()).toEqual(truth.sort());
        if (edit === null && again) expect(comparison.verdict).toBe('equal');
      }),
      { numRuns: 400 },
    );
  });
});
