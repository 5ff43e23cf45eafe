import { expect } from 'vitest';
import { at, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import {
  causes,
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

const A = { fieldManager: 'team-a' };
const B = { fieldManager: 'team-b' };

const applied = (subject: Subject, name: string, data: JsonMap, query: { fieldManager: string; force?: boolean } = A) =>
  subject.api.apply(subject.core('configmaps', name), configMap(name, { data }), query);

/** Server-side apply: making, changing and taking away what one manager owns. */
export const applyTopic: ContractTopic = {
  topic: 'apply',
  cases: [
    {
      name: 'creates with 201 and records the manager, operation, time and fields',
      async run(subject) {
        const name = subject.unique('new');
        const stored = created(await applied(subject, name, { a: '1' }));
        expect(managers(stored)).toEqual([
          {
            manager: 'team-a',
            operation: 'Apply',
            apiVersion: 'v1',
            time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:data': { 'f:a': {} } },
          },
        ]);
      },
    },
    {
      name: 'the body may be YAML',
      async run({ api, core, unique }) {
        const name = unique('yaml');
        const body = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "1"\n`;
        const stored = created(await api.apply(core('configmaps', name), body, A));
        expect(stored['data']).toEqual({ a: '1' });
      },
    },
    {
      name: 'labels and annotations are owned key by key',
      async run({ api, core, unique }) {
        const name = unique('labelled');
        const metadata = { labels: { a: '1' }, annotations: { 'example.org/b': '2' } };
        const stored = created(await api.apply(core('configmaps', name), configMap(name, { metadata }), A));
        expect(fieldsOf(stored, 'team-a')).toEqual({
          'f:metadata': { 'f:labels': { 'f:a': {} }, 'f:annotations': { 'f:example.org/b': {} } },
        });
      },
    },
    {
      name: 'without a fieldManager is 422',
      async run({ api, core, unique }) {
        const name = unique('nobody');
        const reply = await api.patch(core('configmaps', name), { type: 'apply', body: configMap(name) });
        expect(causes(failure(reply, 422, 'Invalid'))).toContainEqual(['fieldManager', 'FieldValueRequired']);
      },
    },
    {
      name: 'without kind and apiVersion is 400',
      async run({ api, core, unique }) {
        const name = unique('unnamed');
        failure(await api.apply(core('configmaps', name), { metadata: { name } }, A), 400, 'BadRequest');
      },
    },
    {
      name: 'under another name than the one of the path is 400',
      async run({ api, core, unique }) {
        failure(await api.apply(core('configmaps', unique('one')), configMap('other'), A), 400, 'BadRequest');
      },
    },
    {
      name: 'managedFields in the body are refused',
      async run({ api, core, unique }) {
        const name = unique('claims');
        const managedFields = [{ manager: 'x', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1' }];
        const body = configMap(name, { metadata: { managedFields } });
        const status = failure(await api.apply(core('configmaps', name), body, A), 400, 'BadRequest');
        expect(status['message']).toContain('managedFields must be nil');
      },
    },
    {
      name: 'a uid of an object that is not there is 409',
      async run({ api, core, unique }) {
        const name = unique('expected');
        const body = configMap(name, { metadata: { uid: '00000000-0000-0000-0000-000000000000' } });
        failure(await api.apply(core('configmaps', name), body, A), 409, 'Conflict');
      },
    },
    {
      name: 'changing an own field answers 200 and a new resourceVersion',
      async run(subject) {
        const name = subject.unique('moved');
        const before = created(await applied(subject, name, { a: '1' }));
        const after = ok(await applied(subject, name, { a: '2' }));
        expect(after['data']).toEqual({ a: '2' });
        expect(version(after)).not.toBe(version(before));
        expect(managers(after)).toHaveLength(1);
      },
    },
    {
      name: 'applying the same again keeps resourceVersion and time',
      async run(subject) {
        const name = subject.unique('same');
        const before = created(await applied(subject, name, { a: '1' }));
        const after = ok(await applied(subject, name, { a: '1' }));
        expect(after).toEqual(before);
      },
    },
    {
      name: 'applying a Deployment again, without its defaults, keeps resourceVersion and generation',
      async run({ api, apps, unique }) {
        const name = unique('same');
        const body = deployment(name, { replicas: 0 });
        const before = created(await api.apply(apps('deployments', name), body, A));
        const after = ok(await api.apply(apps('deployments', name), body, A));
        expect(at(after, 'metadata.generation')).toBe(1);
        expect(entryOf(after, 'team-a', 'Apply')).toEqual(entryOf(before, 'team-a', 'Apply'));
      },
    },
    {
      name: 'an own field left out is removed',
      async run(subject) {
        const name = subject.unique('dropped');
        created(await applied(subject, name, { a: '1', b: '2' }));
        const after = ok(await applied(subject, name, { a: '1' }));
        expect(after['data']).toEqual({ a: '1' });
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:a': {} } });
      },
    },
    {
      name: 'a field left out that has a default goes back to it',
      async run({ api, apps, unique }) {
        const name = unique('default');
        const body = deployment(name, { replicas: 0, revisionHistoryLimit: 3 });
        created(await api.apply(apps('deployments', name), body, A));
        const after = ok(await api.apply(apps('deployments', name), deployment(name, { replicas: 0 }), A));
        expect(at(after, 'spec.revisionHistoryLimit')).toBe(10);
      },
    },
    {
      name: 'a field of another manager is 409 with causes naming manager and field',
      async run(subject) {
        const name = subject.unique('dispute');
        created(await applied(subject, name, { a: '1', b: '1' }));
        const status = failure(await applied(subject, name, { a: '2', b: '2' }, B), 409, 'Conflict');
        expect(status['details']).toEqual({
          causes: [
            { reason: 'FieldManagerConflict', message: 'conflict with "team-a"', field: '.data.a' },
            { reason: 'FieldManagerConflict', message: 'conflict with "team-a"', field: '.data.b' },
          ],
        });
        expect(status['message']).toContain('Apply failed with 2 conflicts: conflicts with "team-a"');
      },
    },
    {
      name: 'a refused apply changes nothing',
      async run(subject) {
        const name = subject.unique('dispute');
        const before = created(await applied(subject, name, { a: '1' }));
        failure(await applied(subject, name, { a: '2', c: '3' }, B), 409, 'Conflict');
        expect(await subject.read(subject.core('configmaps', name))).toEqual(before);
      },
    },
    {
      name: 'force takes the field over, and the other manager loses it',
      async run(subject) {
        const name = subject.unique('taken');
        created(await applied(subject, name, { a: '1', b: '1' }));
        const after = ok(await applied(subject, name, { a: '2' }, { ...B, force: true }));
        expect(after['data']).toEqual({ a: '2', b: '1' });
        expect(fieldsOf(after, 'team-a')).toEqual({ 'f:data': { 'f:b': {} } });
        expect(fieldsOf(after, 'team-b')).toEqual({ 'f:data': { 'f:a': {} } });
      },
    },
    {
      name: 'a conflict with an Update names the client and its time',
      async run({ api, core, unique }) {
        const name = unique('edited');
        const query = { fieldManager: 'editor' };
        created(await api.create(core('configmaps'), configMap(name, { data: { a: '1' } }), query));
        const status = failure(
          await api.apply(core('configmaps', name), configMap(name, { data: { a: '2' } }), A),
          409,
          'Conflict',
        );
        expect(at(status, 'details.causes.0')).toMatchObject({ reason: 'FieldManagerConflict', field: '.data.a' });
        expect(textAt(status, 'details.causes.0.message')).toMatch(/^conflict with "editor" using v1/);
      },
    },
    {
      name: 'a conflict deep in a list names the path with its key',
      async run({ api, apps, unique }) {
        const name = unique('image');
        created(await api.apply(apps('deployments', name), deployment(name, { replicas: 0 }), A));
        const body = {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name },
          spec: { template: { spec: { containers: [{ name: 'web', image: 'registry.example/web:2' }] } } },
        };
        const status = failure(await api.apply(apps('deployments', name), body, B), 409, 'Conflict');
        expect(causes(status)).toEqual([['.spec.template.spec.containers[name="web"].image', 'FieldManagerConflict']]);
      },
    },
    {
      name: 'dryRun=All answers the result with managers and stores nothing',
      async run(subject) {
        const { api, core, unique, read } = subject;
        const fresh = unique('imagined');
        const query = { ...A, dryRun: 'All' };
        const made = created(await api.apply(core('configmaps', fresh), configMap(fresh, { data: { a: '1' } }), query));
        expect(fieldsOf(made, 'team-a')).toEqual({ 'f:data': { 'f:a': {} } });
        failure(await api.get(core('configmaps', fresh)), 404, 'NotFound');
        const name = unique('imagined');
        const before = created(await applied(subject, name, { a: '1' }));
        const after = ok(await api.apply(core('configmaps', name), configMap(name, { data: { a: '2' } }), query));
        expect(after['data']).toEqual({ a: '2' });
        expect(await read(core('configmaps', name))).toEqual(before);
      },
    },
    {
      name: 'dryRun=All still answers 409',
      async run(subject) {
        const name = subject.unique('dispute');
        created(await applied(subject, name, { a: '1' }));
        const body = configMap(name, { data: { a: '2' } });
        const reply = await subject.api.apply(subject.core('configmaps', name), body, { ...B, dryRun: 'All' });
        failure(reply, 409, 'Conflict');
      },
    },
    {
      name: 'is validated: 422 with the cause',
      async run({ api, apps, unique }) {
        const name = unique('negative');
        const reply = await api.apply(apps('deployments', name), deployment(name, { replicas: -1 }), A);
        expect(causes(failure(reply, 422, 'Invalid'))).toContainEqual(['spec.replicas', 'FieldValueInvalid']);
      },
    },
    {
      name: 'a field no schema knows is refused',
      async run({ api, apps, unique }) {
        const name = unique('unknown');
        const reply = await api.apply(apps('deployments', name), deployment(name, { replica: 1 }), A);
        expect(reply.status).toBeGreaterThanOrEqual(400);
        expect(reply.text).toContain('.spec.replica');
      },
    },
    {
      name: 'a list element without its key is refused',
      async run({ api, apps, unique }) {
        const name = unique('keyless');
        const template = {
          metadata: { labels: { app: name } },
          spec: { containers: [{ image: 'registry.example/x:1' }] },
        };
        const reply = await api.apply(apps('deployments', name), deployment(name, { template }), A);
        expect(reply.status).toBeGreaterThanOrEqual(400);
        expect(reply.text).toContain('containers');
      },
    },
  ],
};
