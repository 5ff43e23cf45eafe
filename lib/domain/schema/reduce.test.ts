import { describe, expect, test } from 'vitest';
import { reduceDefinitions, reduceSchema } from './reduce.ts';
import type { SchemaNode } from './types.ts';

describe('one node', () => {
  test.each<[string, unknown, SchemaNode]>([
    ['prose goes', { type: 'string', description: 'long', example: 'x' }, { type: 'string' }],
    [
      'a wrapped reference with its default',
      { allOf: [{ $ref: '#/components/schemas/A' }], default: {}, description: 'd' },
      { $ref: 'A', default: {} },
    ],
    ['a reference', { $ref: '#/components/schemas/A' }, { $ref: 'A' }],
    [
      'children',
      {
        type: 'object',
        properties: { a: { type: 'array', items: { type: 'string', description: 'd' } } },
        additionalProperties: { type: 'integer', description: 'd' },
      },
      {
        type: 'object',
        properties: { a: { type: 'array', items: { type: 'string' } } },
        additionalProperties: { type: 'integer' },
      },
    ],
    ['an open map', { type: 'object', additionalProperties: true }, { type: 'object', additionalProperties: true }],
    [
      'a list with keys',
      { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
      { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
    ],
    [
      'IntOrString',
      { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
      { format: 'int-or-string', 'x-kubernetes-int-or-string': true },
    ],
    ['an amount', { oneOf: [{ type: 'string' }, { type: 'number' }] }, { format: 'quantity' }],
    ['not a schema', 'nonsense', {}],
  ])('%s', (_name, raw, expected) => {
    expect(reduceSchema(raw)).toEqual(expected);
  });

  test('a kind is kept, an envelope of every kind is not', () => {
    const kind = { group: 'apps', version: 'v1', kind: 'Deployment' };
    expect(reduceSchema({ 'x-kubernetes-group-version-kind': [kind] })).toEqual({
      'x-kubernetes-group-version-kind': [kind],
    });
    expect(reduceSchema({ 'x-kubernetes-group-version-kind': [{ ...kind, kind: 'DeleteOptions' }] })).toEqual({});
  });
});

describe('a document', () => {
  test('gives its definitions', () => {
    const document = { components: { schemas: { A: { type: 'string', description: 'd' } } } };
    expect(reduceDefinitions(document)).toEqual({ A: { type: 'string' } });
  });

  test.each([[null], [{}], [{ components: {} }], ['text']])('without definitions: %j', (document) => {
    expect(reduceDefinitions(document)).toEqual({});
  });
});
