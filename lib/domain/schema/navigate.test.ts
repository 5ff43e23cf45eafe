import { describe, expect, test } from 'vitest';
import {
  findKindSchema,
  findResource,
  isAtomicMap,
  isIntOrString,
  isQuantity,
  itemSchema,
  keepsUnknownFields,
  listShape,
  patchStrategy,
  propertySchema,
  resolveSchema,
  schemaAt,
} from './navigate.ts';
import type { KubernetesSchemaBundle, SchemaDefinitions, SchemaNode } from './types.ts';

const definitions: SchemaDefinitions = {
  Port: {
    type: 'object',
    properties: { containerPort: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
  },
  Container: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      ports: {
        type: 'array',
        items: { $ref: 'Port', default: {} },
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
        'x-kubernetes-patch-strategy': 'merge,retainKeys',
        'x-kubernetes-patch-merge-key': 'containerPort',
      },
      args: { type: 'array', items: { type: 'string' } },
      flags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
      keyless: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'map' },
      limits: { type: 'object', additionalProperties: { $ref: 'Amount' } },
      selector: { type: 'object', additionalProperties: { type: 'string' }, 'x-kubernetes-map-type': 'atomic' },
      anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      target: { $ref: '#/components/schemas/IntOrString' },
      nested: { $ref: 'Container' },
    },
  },
  Amount: { format: 'quantity' },
  IntOrString: { format: 'int-or-string' },
  Loop: { $ref: 'Loop' },
};
const container: SchemaNode = { $ref: 'Container' };
const at = (path: string[]) => schemaAt(container, path, definitions);
const need = (path: string[]): SchemaNode => {
  const found = at(path);
  if (found === undefined) throw new Error(`no schema at ${path.join('.')}`);
  return found;
};

describe('resolving', () => {
  test.each<[string, SchemaNode, SchemaNode]>([
    ['a plain node', { type: 'string' }, { type: 'string' }],
    ['a bare reference', { $ref: 'Amount' }, { format: 'quantity' }],
    ['a published reference', { $ref: '#/components/schemas/Amount' }, { format: 'quantity' }],
    ['a wrapped reference', { allOf: [{ $ref: 'Amount' }] }, { format: 'quantity' }],
    ['a default beside it', { $ref: 'Amount', default: '1' }, { format: 'quantity', default: '1' }],
    ['an unknown name', { $ref: 'Nobody' }, {}],
    ['a circle', { $ref: 'Loop' }, {}],
  ])('%s', (_name, node, expected) => {
    expect(resolveSchema(node, definitions)).toEqual(expected);
  });
});

describe('walking', () => {
  test.each<[string[], SchemaNode | undefined]>([
    [['name'], { type: 'string' }],
    [['ports', '*', 'protocol'], { type: 'string', default: 'TCP' }],
    [['limits', 'cpu'], { format: 'quantity' }],
    [['nested', 'nested', 'name'], { type: 'string' }],
    [['name', 'deeper'], undefined],
    [['nobody'], undefined],
    [['constructor'], undefined],
    [['name', '*'], undefined],
  ])('%j', (path, expected) => {
    expect(at(path)).toEqual(expected);
  });

  test('children of a node', () => {
    expect(propertySchema(container, 'args', definitions)?.type).toBe('array');
    expect(itemSchema(need(['ports']), definitions)?.default).toEqual({});
    expect(itemSchema(need(['name']), definitions)).toBeUndefined();
  });
});

describe('how values merge and compare', () => {
  test.each([
    ['ports', { type: 'map', keys: ['containerPort', 'protocol'] }],
    ['flags', { type: 'set' }],
    ['args', { type: 'atomic' }],
    ['keyless', { type: 'atomic' }],
  ])('list %s', (field, expected) => {
    expect(listShape(need([field]), definitions)).toEqual(expected);
  });

  test('maps', () => {
    expect(isAtomicMap(need(['selector']), definitions)).toBe(true);
    expect(isAtomicMap(need(['limits']), definitions)).toBe(false);
  });

  test('scalars', () => {
    expect(isIntOrString(need(['target']), definitions)).toBe(true);
    expect(isIntOrString({ 'x-kubernetes-int-or-string': true }, definitions)).toBe(true);
    expect(isIntOrString(need(['name']), definitions)).toBe(false);
    expect(isQuantity(need(['limits', 'cpu']), definitions)).toBe(true);
    expect(isQuantity(need(['name']), definitions)).toBe(false);
  });

  test.each<[SchemaNode, boolean]>([
    [container, false],
    [{ type: 'object' }, true],
    [{}, true],
    [{ type: 'string' }, false],
    [{ type: 'object', additionalProperties: true }, true],
    [{ type: 'object', additionalProperties: { type: 'string' } }, false],
    [{ type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true }, true],
  ])('unknown fields of %j', (node, expected) => {
    expect(keepsUnknownFields(node, definitions)).toBe(expected);
  });

  test('strategic merge', () => {
    expect(patchStrategy(need(['ports']), definitions)).toEqual({
      strategies: ['merge', 'retainKeys'],
      mergeKey: 'containerPort',
    });
    expect(patchStrategy(need(['args']), definitions)).toEqual({ strategies: [], mergeKey: undefined });
  });
});

test('kinds and resources of a bundle', () => {
  const resource = {
    plural: 'boxes',
    singular: 'box',
    kind: 'Box',
    namespaced: true,
    shortNames: [],
    categories: [],
    verbs: ['get'],
    subresources: [],
  };
  const bundle: KubernetesSchemaBundle = {
    kubernetesVersion: 'v1.36.3',
    groupVersions: [{ group: 'example.org', version: 'v1', resources: [resource], kinds: { Box: 'Container' } }],
    definitions,
  };
  const box = { group: 'example.org', version: 'v1', kind: 'Box' };
  expect(findKindSchema(bundle, box)).toBe(definitions['Container']);
  expect(findResource(bundle, box)).toBe(resource);
  expect(findKindSchema(bundle, { ...box, kind: 'Crate' })).toBeUndefined();
  expect(findResource(bundle, { ...box, version: 'v2' })).toBeUndefined();
});
