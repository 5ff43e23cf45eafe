import { expect } from 'vitest';
import { at, type JsonMap } from '../../controlplane/api-client.ts';
import {
  type ContractTopic,
  configMap,
  created,
  deployment,
  entryOf,
  failure,
  fieldsOf,
  managers,
  ok,
  type Subject,
  version,
} from '../subject.ts';

const apply = (subject: Subject, name: string, data: JsonMap, fieldManager = 'team-a', force = false) =>
  subject.api.apply(subject.core('configmaps', name), configMap(name, { data }), { fieldManager, force });

const merge = (subject: Subject, name: string, body: JsonMap, fieldManager = 'editor') =>
  subject.api.patch(subject.core('configmaps', name), { type: 'merge', body, query: { fieldManager } });

/** Who owns what after several hands worked on one object. */
export const applyOwnershipTopic: ContractTopic = {
  topic: 'ownership',
  cases: [
    {
      name: 'two managers own different fields of one object',
      async run(subject) {
        const name = subject.unique('both');
        created(await apply(subject, name, { a: '1' }));
        const after = ok(await apply(subject, name, { b: '2' }, 'team-b'));
        expect(after['data']).toEqual({ a: '1', b: '2' });
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:a': {} } });
        expect(fieldsOf(after, 'team-b')).toEqual({ 'f:data': { 'f:b': {} } });
      },
    },
    {
      name: 'two managers that want the same value share it',
      async run(subject) {
        const name = subject.unique('shared');
        created(await apply(subject, name, { a: '1' }));
        const after = ok(await apply(subject, name, { a: '1' }, 'team-b'));
        expect(fieldsOf(after, 'team-a')).toEqual(fieldsOf(after, 'team-b'));
      },
    },
    {
      name: 'a shared field stays when one of its owners leaves it out',
      async run(subject) {
        const name = subject.unique('shared');
        created(await apply(subject, name, { a: '1', b: '1' }));
        ok(await apply(subject, name, { a: '1' }, 'team-b'));
        const after = ok(await apply(subject, name, { b: '1' }));
        expect(after['data']).toEqual({ a: '1', b: '1' });
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:b': {} } });
      },
    },
    {
      name: 'a shared field goes when its last owner leaves it out',
      async run(subject) {
        const name = subject.unique('shared');
        created(await apply(subject, name, { a: '1', b: '1' }));
        ok(await apply(subject, name, { a: '1', c: '1' }, 'team-b'));
        ok(await apply(subject, name, { b: '1' }));
        expect(ok(await apply(subject, name, { c: '1' }, 'team-b'))['data']).toEqual({ b: '1', c: '1' });
      },
    },
    {
      name: 'changing a shared field is a conflict with the other owner',
      async run(subject) {
        const name = subject.unique('shared');
        created(await apply(subject, name, { a: '1' }));
        ok(await apply(subject, name, { a: '1' }, 'team-b'));
        const status = failure(await apply(subject, name, { a: '2' }), 409, 'Conflict');
        expect(at(status, 'details.causes.0.message')).toBe('conflict with "team-b"');
      },
    },
    {
      name: 'a manager that applies nothing any more loses its entry',
      async run(subject) {
        const name = subject.unique('left');
        created(await apply(subject, name, { a: '1' }));
        ok(await apply(subject, name, { b: '1' }, 'team-b'));
        const after = ok(
          await subject.api.apply(subject.core('configmaps', name), configMap(name), { fieldManager: 'team-a' }),
        );
        expect(after['data']).toEqual({ b: '1' });
        expect(managers(after).map((entry) => entry['manager'])).toEqual(['team-b']);
      },
    },
    {
      name: 'a create is an Update of the manager in the query',
      async run({ api, core, unique }) {
        const body = configMap(unique('made'), { data: { a: '1' } });
        const stored = created(await api.create(core('configmaps'), body, { fieldManager: 'maker' }));
        expect(fieldsOf(stored, 'maker', 'Update')).toEqual({ 'f:data': { '.': {}, 'f:a': {} } });
      },
    },
    {
      name: 'without a manager in the query the name of the client is taken',
      async run({ unique, newConfigMap }) {
        const stored = await newConfigMap(unique('anonymous'), { data: { a: '1' } });
        expect(managers(stored)).toMatchObject([{ manager: 'quarterdeck-tests', operation: 'Update' }]);
      },
    },
    {
      name: 'an update that changes a field takes it from who applied it',
      async run(subject) {
        const name = subject.unique('edited');
        created(await apply(subject, name, { a: '1', b: '1' }));
        const after = ok(await merge(subject, name, { data: { a: '2' } }));
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:b': {} } });
        expect(fieldsOf(after, 'editor', 'Update')).toEqual({ 'f:data': { 'f:a': {} } });
      },
    },
    {
      name: 'an update that leaves a value as it is takes nothing',
      async run(subject) {
        const name = subject.unique('edited');
        created(await apply(subject, name, { a: '1', b: '1' }));
        const after = ok(await merge(subject, name, { data: { a: '1', b: '2' } }));
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:a': {} } });
        expect(fieldsOf(after, 'editor', 'Update')).toEqual({ 'f:data': { 'f:b': {} } });
      },
    },
    {
      name: 'a field an update removed belongs to nobody, and apply brings it back',
      async run(subject) {
        const name = subject.unique('removed');
        created(await apply(subject, name, { a: '1', b: '1' }));
        const without = ok(await merge(subject, name, { data: { a: null } }));
        expect(fieldsOf(without, 'team-a')).toEqual({ 'f:data': { 'f:b': {} } });
        const after = ok(await apply(subject, name, { a: '1', b: '1' }));
        expect(after['data']).toEqual({ a: '1', b: '1' });
      },
    },
    {
      name: 'a field an update took over stays when the applier leaves it out',
      async run(subject) {
        const name = subject.unique('kept');
        created(await apply(subject, name, { a: '1', b: '1' }));
        ok(await merge(subject, name, { data: { a: '2' } }));
        expect(ok(await apply(subject, name, { b: '1' }))['data']).toEqual({ a: '2', b: '1' });
      },
    },
    {
      name: 'PUT is an Update too, and owns what it changed',
      async run(subject) {
        const { api, core, unique } = subject;
        const name = unique('put');
        const before = created(await apply(subject, name, { a: '1' }));
        const body = { ...before, data: { a: '1', b: '2' } };
        const after = ok(await api.replace(core('configmaps', name), body, { fieldManager: 'putter' }));
        expect(fieldsOf(after, 'putter', 'Update')).toEqual({ 'f:data': { 'f:b': {} } });
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:a': {} } });
      },
    },
    {
      name: 'Apply and Update of one name are two entries',
      async run(subject) {
        const name = subject.unique('twofold');
        created(await apply(subject, name, { a: '1' }));
        const after = ok(await merge(subject, name, { data: { b: '2' } }, 'team-a'));
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:a': {} } });
        expect(fieldsOf(after, 'team-a', 'Update')).toEqual({ 'f:data': { 'f:b': {} } });
      },
    },
    {
      name: 'a conflict with the own Update is a conflict too',
      async run(subject) {
        const name = subject.unique('twofold');
        created(await apply(subject, name, { a: '1' }));
        ok(await merge(subject, name, { data: { a: '2' } }, 'team-a'));
        failure(await apply(subject, name, { a: '1' }), 409, 'Conflict');
        expect(ok(await apply(subject, name, { a: '1' }, 'team-a', true))['data']).toEqual({ a: '1' });
      },
    },
    {
      name: 'the entry of an Update moves in time only when something changed',
      async run(subject) {
        const name = subject.unique('timed');
        created(await apply(subject, name, { a: '1' }));
        const before = ok(await merge(subject, name, { data: { b: '2' } }));
        const after = ok(await merge(subject, name, { data: { b: '2' } }));
        expect(entryOf(after, 'editor', 'Update')).toEqual(entryOf(before, 'editor', 'Update'));
        expect(version(after)).toBe(version(before));
      },
    },
    {
      name: 'an update that sets managedFields to [{}] clears every owner but itself',
      async run(subject) {
        const name = subject.unique('cleared');
        created(await apply(subject, name, { a: '1' }));
        const after = ok(await merge(subject, name, { metadata: { managedFields: [{}] } }));
        expect(managers(after)).toEqual([]);
      },
    },
    {
      name: 'an update without managedFields keeps them',
      async run(subject) {
        const { api, core, unique } = subject;
        const name = unique('silent');
        const before = created(await apply(subject, name, { a: '1' }));
        const after = ok(await api.replace(core('configmaps', name), configMap(name, { data: { a: '1' } })));
        expect(managers(after)).toEqual(managers(before));
      },
    },
    {
      name: 'a manager with too long a name is 422',
      async run(subject) {
        const name = subject.unique('long');
        expect((await apply(subject, name, { a: '1' }, 'x'.repeat(129))).status).toBe(422);
        created(await apply(subject, name, { a: '1' }, 'x'.repeat(128)));
      },
    },
    {
      name: 'defaults belong to nobody after an apply',
      async run({ api, apps, unique }) {
        const name = unique('defaulted');
        const query = { fieldManager: 'team-a' };
        const stored = created(await api.apply(apps('deployments', name), deployment(name, { replicas: 0 }), query));
        expect(stored).toHaveProperty('spec.progressDeadlineSeconds', 600);
        const owned = fieldsOf(stored, 'team-a');
        expect(owned).toHaveProperty(['f:spec', 'f:replicas']);
        expect(owned).not.toHaveProperty(['f:spec', 'f:progressDeadlineSeconds']);
      },
    },
    {
      name: 'defaults belong to who created by POST',
      async run({ newDeployment, unique }) {
        const stored = await newDeployment(unique('defaulted'), { replicas: 0 });
        expect(fieldsOf(stored, 'quarterdeck-tests', 'Update')).toHaveProperty(['f:spec', 'f:progressDeadlineSeconds']);
      },
    },
    {
      name: 'a field left to another manager: leave it out, and its value stays with the other',
      async run({ api, apps, unique }) {
        const name = unique('handover');
        const path = apps('deployments', name);
        created(await api.apply(path, deployment(name, { replicas: 0 }), { fieldManager: 'team-a' }));
        const scaler = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { replicas: 0 } };
        ok(await api.apply(path, scaler, { fieldManager: 'scaler' }));
        const { replicas, ...spec } = deployment(name)['spec'] as JsonMap;
        expect(replicas).toBe(1);
        const after = ok(await api.apply(path, { ...deployment(name), spec }, { fieldManager: 'team-a' }));
        expect(at(after, 'spec.replicas')).toBe(0);
      },
    },
  ],
};
