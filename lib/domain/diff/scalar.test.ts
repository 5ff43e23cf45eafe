import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../resource/manifest.ts';
import { fieldSchema, type FieldSchema } from './field-schema.ts';
import { parsePath } from './paths.ts';
import { compareScalars, parseDuration, type ScalarVerdict } from './scalar.ts';
import type { SchemaNode } from '../schema/types.ts';

const of = (root: SchemaNode): FieldSchema => fieldSchema({ root, definitions: {} });
const text = of({ type: 'string' });

describe('compareScalars', () => {
  it.each<[string, string, FieldSchema | undefined, JsonValue, JsonValue, ScalarVerdict]>([
    ['same', 'a', undefined, 1, 1, 'equal'],
    ['quantity by schema', 'a', of({ format: 'quantity' }), '1', '1000m', 'equal'],
    ['quantity by place', 'spec.resources.requests.storage', text, '1Gi', '1024Mi', 'equal'],
    ['quantity by field', 'spec.storage', text, '1Gi', '1024Mi', 'equal'],
    ['no quantity at a quantity place', 'spec.storage', text, 'a', 'b', 'different'],
    ['not a quantity elsewhere', 'spec.name', text, '1', '1000m', 'different'],
    ['int-or-string', 'a', of({ 'x-kubernetes-int-or-string': true }), '80', 80, 'equal'],
    ['another number', 'a', of({ 'x-kubernetes-int-or-string': true }), '80', 81, 'different'],
    ['type alone, schema known', 'a', text, '80', 80, 'different'],
    ['type alone, no schema', 'a', undefined, 'true', true, 'perhaps'],
    ['boolean', 'a', undefined, true, false, 'different'],
    ['time', 'a', of({ format: 'date-time' }), '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z', 'equal'],
    ['no time', 'a', of({ format: 'date-time' }), 'x', 'y', 'different'],
    ['duration by field', 'spec.interval', text, '60s', '1m0s', 'equal'],
    ['duration elsewhere', 'spec.name', text, '60s', '1m0s', 'different'],
    ['bytes', 'a', of({ format: 'byte' }), 'YQ==\n', 'YQ==', 'equal'],
  ])('%s', (_name, path, schema, desired, live, verdict) => {
    expect(compareScalars(desired, live, { schema, steps: parsePath(path) ?? [] })).toBe(verdict);
  });
});

describe('parseDuration', () => {
  it.each<[string, number | null]>([
    ['1h30m', 5.4e12],
    ['90m', 5.4e12],
    ['1.5h', 5.4e12],
    ['-1s', -1e9],
    ['250ms', 2.5e8],
    ['0', 0],
    ['', null],
    ['1', null],
    ['1d', null],
    ['h', null],
  ])('%s → %j', (duration, nanoseconds) => expect(parseDuration(duration)).toBe(nanoseconds));
});
