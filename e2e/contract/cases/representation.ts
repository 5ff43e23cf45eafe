import { expect } from 'vitest';
import { itemsAt, type Json, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, names, ok } from '../subject.ts';

const accept = (kind: string, version = 'v1') =>
  `application/json;as=${kind};g=meta.k8s.io;v=${version},application/json`;
const TABLE = accept('Table');
const PARTIAL = accept('PartialObjectMetadata');
const PARTIAL_LIST = accept('PartialObjectMetadataList');

const columns = (table: JsonMap): Json[] => itemsAt(table, 'columnDefinitions').map((one) => one['name'] ?? '');

/** The other faces of the same objects: metadata alone, and tables as kubectl prints them. */
export const representationTopic: ContractTopic = {
  topic: 'representation',
  cases: [
    {
      name: 'metadata alone of one object',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('slim');
        const stored = await newConfigMap(name, { data: { a: '1' } });
        const slim = ok(await api.get(core('configmaps', name), {}, { accept: PARTIAL }));
        expect(slim).toEqual({
          kind: 'PartialObjectMetadata',
          apiVersion: 'meta.k8s.io/v1',
          metadata: stored['metadata'],
        });
      },
    },
    {
      name: 'metadata alone of a list',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('slim');
        await newConfigMap(name, { data: { a: '1' } });
        const list = ok(await api.get(core('configmaps'), {}, { accept: PARTIAL_LIST }));
        expect(list).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' });
        expect(textAt(list, 'metadata.resourceVersion')).toMatch(/^\d+$/);
        const item = itemsAt(list, 'items').find((one) => textAt(one, 'metadata.name') === name);
        expect(item).toHaveProperty('metadata.uid');
        expect(item).not.toHaveProperty('data');
      },
    },
    {
      name: 'metadata alone in a watch',
      async run({ api, core, unique, newConfigMap }) {
        const watch = await api.watch(core('configmaps'), {}, { accept: PARTIAL });
        const name = unique('slim');
        await newConfigMap(name, { data: { a: '1' } });
        const event = await watch.next((one) => textAt(one.object, 'metadata.name') === name);
        watch.close();
        expect(event.object).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' });
        expect(event.object).not.toHaveProperty('data');
      },
    },
    {
      name: 'a table of ConfigMaps has the columns kubectl shows',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('row');
        await newConfigMap(name, { data: { a: '1', b: '2' } });
        const table = ok(
          await api.get(core('configmaps'), { fieldSelector: `metadata.name=${name}` }, { accept: TABLE }),
        );
        expect(table).toMatchObject({ kind: 'Table', apiVersion: 'meta.k8s.io/v1' });
        expect(columns(table)).toEqual(['Name', 'Data', 'Age']);
        expect(itemsAt(table, 'rows')).toMatchObject([
          { cells: [name, 2, expect.any(String)], object: { kind: 'PartialObjectMetadata', metadata: { name } } },
        ]);
      },
    },
    {
      name: 'a table of Deployments counts what is ready',
      async run({ api, apps, unique, newDeployment }) {
        const name = unique('rolled');
        await newDeployment(name, { replicas: 0 });
        const table = ok(await api.get(apps('deployments', name), {}, { accept: TABLE }));
        expect(columns(table).slice(0, 5)).toEqual(['Name', 'Ready', 'Up-to-date', 'Available', 'Age']);
        expect(itemsAt(table, 'rows')).toMatchObject([{ cells: expect.arrayContaining([name, '0/0']) }]);
      },
    },
    {
      name: 'a table may carry whole objects, or none',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('row');
        await newConfigMap(name, { data: { a: '1' } });
        const row = async (includeObject: string) =>
          itemsAt(ok(await api.get(core('configmaps', name), { includeObject }, { accept: TABLE })), 'rows')[0];
        expect(await row('Object')).toMatchObject({ object: { kind: 'ConfigMap', data: { a: '1' } } });
        expect((await row('None'))?.['object'] ?? null).toBeNull();
      },
    },
    {
      name: 'who accepts anything gets plain JSON',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('plain');
        await newConfigMap(name);
        const reply = await api.get(core('configmaps', name), {}, { accept: '*/*' });
        expect(ok(reply)['kind']).toBe('ConfigMap');
        expect(reply.headers['content-type']).toContain('application/json');
      },
    },
    {
      name: 'YAML is served to who asks for it',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('yaml');
        await newConfigMap(name);
        const reply = await api.get(core('configmaps', name), {}, { accept: 'application/yaml' });
        expect(reply.status).toBe(200);
        expect(reply.headers['content-type']).toContain('application/yaml');
        expect(reply.text).toContain(`name: ${name}\n`);
      },
    },
    {
      name: 'the first media type the server has wins',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('second');
        await newConfigMap(name);
        const asked = 'text/csv,application/json';
        const list = ok(await api.get(core('configmaps'), {}, { accept: asked }));
        expect(names(list)).toContain(name);
      },
    },
  ],
};
