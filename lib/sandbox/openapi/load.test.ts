import { expect, test } from 'vitest';
import { findKindSchema, findResource, listShape, resolveSchema, schemaAt } from '#lib/domain/schema/navigate.ts';
import type { SchemaNode } from '#lib/domain/schema/types.ts';
import { loadKubernetesSchema } from './load.ts';

const bundle = loadKubernetesSchema();
const deployment = { group: 'apps', version: 'v1', kind: 'Deployment' };

function schemaOf(path: string[]): SchemaNode {
  const found = schemaAt(findKindSchema(bundle, deployment) ?? {}, path, bundle.definitions);
  if (found === undefined) throw new Error(`no schema at ${path.join('.')}`);
  return found;
}

test('is read once', () => {
  expect(loadKubernetesSchema()).toBe(bundle);
  expect(bundle.kubernetesVersion).toMatch(/^v1\.36\./);
});

test('every reference leads to a definition and every kind to a schema', () => {
  const missing: string[] = [];
  const visit = (node: SchemaNode, where: string): void => {
    if (node.$ref !== undefined && bundle.definitions[node.$ref] === undefined) missing.push(`${where}: ${node.$ref}`);
    for (const [name, child] of Object.entries(node.properties ?? {})) visit(child, `${where}.${name}`);
    if (node.items) visit(node.items, `${where}[]`);
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${where}{}`);
  };
  for (const [name, node] of Object.entries(bundle.definitions)) visit(node, name);
  for (const one of bundle.groupVersions) {
    for (const [kind, name] of Object.entries(one.kinds)) {
      if (!bundle.definitions[name]) missing.push(`${one.group}/${one.version} ${kind}`);
    }
    for (const { kind } of one.resources) if (!one.kinds[kind]) missing.push(`${one.group}/${one.version} ${kind}`);
  }
  expect(missing).toEqual([]);
});

test.each([
  [['spec', 'template', 'spec', 'containers'], { type: 'map', keys: ['name'] }],
  [['spec', 'template', 'spec', 'containers', '*', 'ports'], { type: 'map', keys: ['containerPort', 'protocol'] }],
  [['spec', 'template', 'spec', 'containers', '*', 'args'], { type: 'atomic' }],
  [['metadata', 'finalizers'], { type: 'set' }],
  [['metadata', 'ownerReferences'], { type: 'map', keys: ['uid'] }],
])('list %j', (path, expected) => {
  expect(listShape(schemaOf(path), bundle.definitions)).toEqual(expected);
});

test('a key of a list has its default', () => {
  const port = schemaOf(['spec', 'template', 'spec', 'containers', '*', 'ports', '*']);
  expect(resolveSchema(port, bundle.definitions).properties?.['protocol']?.default).toBe('TCP');
});

test('discovery names subresources and short names', () => {
  const found = findResource(bundle, deployment);
  expect(found).toMatchObject({ plural: 'deployments', singular: 'deployment', shortNames: ['deploy'], namespaced: true });
  expect(found?.subresources).toContainEqual({
    name: 'scale',
    kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    verbs: ['get', 'patch', 'update'],
  });
});
