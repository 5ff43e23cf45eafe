import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, ManagedFieldsEntry, Manifest } from '../resource/manifest.ts';
import { compareObject } from './compare.ts';
import type { Comparison } from './difference.ts';
import { normaliseDesired } from './normalise.ts';
import { type Case, schema, TABLE, web } from './testdata/compare-cases.ts';

function compare(one: Case): Comparison {
  const make = (apiVersion: string, spec: JsonObject | undefined, meta: JsonObject = {}): Manifest => ({
    apiVersion,
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...meta },
    ...(spec ? { spec } : {}),
  });
  const entry = (manager: string, operation: 'Apply' | 'Update', fieldsV1: JsonObject): ManagedFieldsEntry => ({
    manager,
    operation,
    fieldsV1,
    fieldsType: 'FieldsV1',
  });
  const managedFields = [
    ...(one.ours ? [entry('quarterdeck', 'Apply', one.ours)] : []),
    ...(one.others ? [entry('kubectl', 'Update', one.others)] : []),
  ];
  const version = one.apiVersion ?? 'apps/v1';
  const live = make(one.liveVersion ?? version, one.live, one.liveMeta);
  live.metadata.managedFields = managedFields;
  const desired = normaliseDesired(make(version, one.desired, one.desiredMeta), {
    defaultNamespace: 'shop',
    namespaced: true,
  });
  return compareObject({ desired, live, schema: one.unknown ? null : schema });
}

const summary = (comparison: Comparison): string =>
  comparison.verdict === 'equal'
    ? 'equal'
    : [
        comparison.verdict,
        ...comparison.differences.map((d) => `${d.path}: ${JSON.stringify(d.live)} → ${JSON.stringify(d.desired)}`),
      ].join(' | ');

describe('compareObject', () => {
  it.each(TABLE)('%s', (_name, one, expected) => expect(summary(compare(one))).toBe(expected));

  it('gives a reason for each doubt', () => {
    for (const [, one] of TABLE) {
      const comparison = compare(one);
      if (comparison.verdict === 'uncertain') expect(comparison.reason).toMatch(/\w+ \w+/);
    }
  });

  it('an object equals itself, with and without a schema, whatever others add', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => ({ value: JSON.parse(JSON.stringify(value)) }));
    fc.assert(
      fc.property(json, json, fc.boolean(), (spec, extra, unknown) => {
        expect(compare({ desired: spec, live: { ...spec, added: extra.value }, unknown }).verdict).toBe('equal');
      }),
    );
  });

  it('never calls a changed leaf equal', () => {
    const changed = fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(changed, fc.boolean(), ([a, b], unknown) => {
        const result = compare({ desired: web({ image: a }), live: web({ image: b }), unknown });
        expect(result).toMatchObject({
          differences: [{ path: 'spec.containers[name=web].image', desired: a, live: b }],
        });
      }),
    );
  });

  it('does not change its inputs', () => {
    for (const [, one] of TABLE) {
      const before = structuredClone(one);
      compare(one);
      expect(one).toEqual(before);
    }
  });
});
