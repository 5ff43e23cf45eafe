import { expect } from 'vitest';
import { at, itemsAt, type Json, type JsonMap } from '../../controlplane/api-client.ts';
import { causes, type ContractTopic, container, failure, ok, type Subject, version } from '../subject.ts';

/** A Deployment of two containers, `web` with a port and two variables, `side` with nothing; 0 replicas. */
async function pair({ unique, newDeployment }: Subject): Promise<string> {
  const name = unique('pair');
  const web = container('web', {
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    ports: [{ containerPort: 80 }],
    args: ['one', 'two'],
  });
  await newDeployment(name, {
    replicas: 0,
    template: { metadata: { labels: { app: name } }, spec: { containers: [web, container('side')] } },
  });
  return name;
}

const CONTAINERS = 'spec.template.spec.containers';
const containers = (body: Json) => ({ spec: { template: { spec: { containers: body } } } });
const named = (list: JsonMap[]) => list.map((one) => one['name']);

/** The three patches that know nothing of owners. */
export const patchTopic: ContractTopic = {
  topic: 'patch',
  cases: [
    {
      name: 'merge: sets, keeps and removes by null',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('merged');
        await newConfigMap(name, { data: { a: '1', b: '2', c: '3' } });
        const body = { data: { a: 'new', b: null } };
        expect(ok(await api.patch(core('configmaps', name), { type: 'merge', body }))['data']).toEqual({
          a: 'new',
          c: '3',
        });
      },
    },
    {
      name: 'merge: lists are replaced whole',
      async run(subject) {
        const name = await pair(subject);
        const body = containers([container('only')]);
        const after = ok(await subject.api.patch(subject.apps('deployments', name), { type: 'merge', body }));
        expect(named(itemsAt(after, CONTAINERS))).toEqual(['only']);
      },
    },
    {
      name: 'merge: a resourceVersion in the body must be the current one',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('guarded');
        const before = await newConfigMap(name);
        const patch = (resourceVersion: string, data: JsonMap) =>
          api.patch(core('configmaps', name), { type: 'merge', body: { metadata: { resourceVersion }, data } });
        ok(await patch(version(before), { a: '1' }));
        failure(await patch(version(before), { a: '2' }), 409, 'Conflict');
      },
    },
    {
      name: 'strategic: containers merge by name',
      async run(subject) {
        const name = await pair(subject);
        const body = containers([{ name: 'side', image: 'registry.example/side:2' }]);
        const after = ok(await subject.api.patch(subject.apps('deployments', name), { type: 'strategic', body }));
        const list = itemsAt(after, CONTAINERS);
        expect(new Set(named(list))).toEqual(new Set(['side', 'web']));
        expect(list.find((one) => one['name'] === 'side')).toMatchObject({ image: 'registry.example/side:2' });
        expect(list.find((one) => one['name'] === 'web')).toMatchObject({ image: 'registry.example/web:1.0.0' });
      },
    },
    {
      name: 'strategic: $patch: delete removes one element',
      async run(subject) {
        const name = await pair(subject);
        const body = containers([{ name: 'side', $patch: 'delete' }]);
        const after = ok(await subject.api.patch(subject.apps('deployments', name), { type: 'strategic', body }));
        expect(named(itemsAt(after, CONTAINERS))).toEqual(['web']);
      },
    },
    {
      name: 'strategic: $patch: replace takes a list as it is',
      async run(subject) {
        const name = await pair(subject);
        const body = containers([{ $patch: 'replace' }, container('only')]);
        const after = ok(await subject.api.patch(subject.apps('deployments', name), { type: 'strategic', body }));
        expect(named(itemsAt(after, CONTAINERS))).toEqual(['only']);
      },
    },
    {
      name: 'strategic: nested lists merge by their own key, lists without one are replaced',
      async run(subject) {
        const name = await pair(subject);
        const env = [
          { name: 'B', value: 'two' },
          { name: 'C', value: '3' },
        ];
        const body = containers([{ name: 'web', env, args: ['three'] }]);
        const after = ok(await subject.api.patch(subject.apps('deployments', name), { type: 'strategic', body }));
        const web = itemsAt(after, CONTAINERS).find((one) => one['name'] === 'web');
        expect(itemsAt(web, 'env')).toHaveLength(3);
        expect(itemsAt(web, 'env')).toEqual(expect.arrayContaining([{ name: 'A', value: '1' }, ...env]));
        expect(web).toMatchObject({ args: ['three'] });
      },
    },
    {
      name: 'strategic: finalizers are a set that grows',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('held');
        await newConfigMap(name, { metadata: { finalizers: ['example.org/a'] } });
        const change = (body: JsonMap) => api.patch(core('configmaps', name), { type: 'strategic', body });
        const after = ok(await change({ metadata: { finalizers: ['example.org/b'] } }));
        expect(after).toMatchObject({
          metadata: { finalizers: expect.arrayContaining(['example.org/a', 'example.org/b']) },
        });
        const list = ['example.org/a'];
        const less = ok(await change({ metadata: { '$deleteFromPrimitiveList/finalizers': list } }));
        expect(at(less, 'metadata.finalizers')).toEqual(['example.org/b']);
        ok(await change({ metadata: { finalizers: null } }));
      },
    },
    {
      name: 'strategic: maps merge and null removes',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('mapped');
        await newConfigMap(name, { data: { a: '1', b: '2' } });
        const body = { data: { b: null, c: '3' } };
        expect(ok(await api.patch(core('configmaps', name), { type: 'strategic', body }))['data']).toEqual({
          a: '1',
          c: '3',
        });
      },
    },
    {
      name: 'json: add, replace, remove, copy and move',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('steps');
        await newConfigMap(name, { data: { a: '1', b: '2', c: '3' } });
        const body = [
          { op: 'test', path: '/data/a', value: '1' },
          { op: 'replace', path: '/data/a', value: 'one' },
          { op: 'add', path: '/data/d', value: '4' },
          { op: 'remove', path: '/data/b' },
          { op: 'copy', from: '/data/d', path: '/data/e' },
          { op: 'move', from: '/data/c', path: '/data/f' },
        ];
        expect(ok(await api.patch(core('configmaps', name), { type: 'json', body }))['data']).toEqual({
          a: 'one',
          d: '4',
          e: '4',
          f: '3',
        });
      },
    },
    {
      name: 'json: a test that fails is 422 and nothing happens',
      async run({ api, core, unique, newConfigMap, read }) {
        const name = unique('tested');
        const before = await newConfigMap(name, { data: { a: '1' } });
        const body = [
          { op: 'replace', path: '/data/a', value: '2' },
          { op: 'test', path: '/data/a', value: '1' },
        ];
        failure(await api.patch(core('configmaps', name), { type: 'json', body }), 422, 'Invalid');
        expect(await read(core('configmaps', name))).toEqual(before);
      },
    },
    {
      name: 'json: removing what is not there is 422',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('absent');
        await newConfigMap(name, { data: { a: '1' } });
        const body = [{ op: 'remove', path: '/data/z' }];
        failure(await api.patch(core('configmaps', name), { type: 'json', body }), 422, 'Invalid');
      },
    },
    {
      name: 'json: positions in lists and escaped keys',
      async run(subject) {
        const name = await pair(subject);
        const body = [
          { op: 'add', path: '/spec/template/spec/containers/0/args/-', value: 'three' },
          { op: 'add', path: '/spec/template/spec/containers/0/args/0', value: 'zero' },
          { op: 'add', path: '/metadata/annotations', value: {} },
          { op: 'add', path: '/metadata/annotations/example.org~1team', value: 'a~b' },
        ];
        const after = ok(await subject.api.patch(subject.apps('deployments', name), { type: 'json', body }));
        expect(at(after, `${CONTAINERS}.0.args`)).toEqual(['zero', 'one', 'two', 'three']);
        expect(after).toMatchObject({ metadata: { annotations: { 'example.org/team': 'a~b' } } });
      },
    },
    {
      name: 'json: a body that is no list is 400',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('shapeless');
        await newConfigMap(name);
        failure(await api.patch(core('configmaps', name), { type: 'json', body: { op: 'remove' } }), 400, 'BadRequest');
      },
    },
    {
      name: 'an unknown kind of patch is 415',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('plain');
        await newConfigMap(name);
        const call = { body: { data: {} }, contentType: 'application/json' };
        failure(await api.send('PATCH', core('configmaps', name), call), 415, 'UnsupportedMediaType');
      },
    },
    {
      name: 'a patch of an absent object is 404',
      async run({ api, core }) {
        failure(await api.patch(core('configmaps', 'absent'), { type: 'merge', body: {} }), 404, 'NotFound');
      },
    },
    {
      name: 'a patch is validated: 422 with the cause',
      async run(subject) {
        const name = await pair(subject);
        const body = { spec: { replicas: -1 } };
        const reply = await subject.api.patch(subject.apps('deployments', name), { type: 'merge', body });
        expect(causes(failure(reply, 422, 'Invalid'))).toEqual([['spec.replicas', 'FieldValueInvalid']]);
      },
    },
    {
      name: 'dryRun=All answers the patched object and keeps the stored one',
      async run({ api, core, unique, newConfigMap, read }) {
        const name = unique('imagined');
        const before = await newConfigMap(name, { data: { a: '1' } });
        const patch = { body: { data: { a: '2' } }, query: { dryRun: 'All' } };
        for (const type of ['merge', 'strategic'] as const)
          expect(ok(await api.patch(core('configmaps', name), { type, ...patch }))['data']).toEqual({ a: '2' });
        expect(await read(core('configmaps', name))).toEqual(before);
      },
    },
    {
      name: 'fieldValidation=Strict refuses unknown fields of a patch',
      async run(subject) {
        const name = await pair(subject);
        const path = subject.apps('deployments', name);
        const patch = { body: { spec: { replica: 2 } }, query: { fieldValidation: 'Strict' } };
        for (const type of ['merge', 'strategic'] as const) {
          const reply = await subject.api.patch(path, { type, ...patch });
          expect({ type, status: reply.status }).toEqual({ type, status: 422 });
          expect(reply.text).toContain('spec.replica');
        }
      },
    },
    {
      name: 'the name of an object cannot be patched',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('renamed');
        await newConfigMap(name);
        const reply = await api.patch(core('configmaps', name), { type: 'merge', body: { metadata: { name: 'x' } } });
        failure(reply, 400, 'BadRequest');
      },
    },
  ],
};
