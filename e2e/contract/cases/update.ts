import { expect } from 'vitest';
import { type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { causes, type ContractTopic, configMap, created, failure, ok, service, version } from '../subject.ts';

/** Replacing whole objects, and the races and rules that stop it. */
export const updateTopic: ContractTopic = {
  topic: 'update',
  cases: [
    {
      name: 'PUT replaces the content',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('swap');
        const before = await newConfigMap(name, { data: { a: '1', b: '2' } });
        const after = ok(await api.replace(core('configmaps', name), { ...before, data: { a: '3' } }));
        expect(after['data']).toEqual({ a: '3' });
        expect(version(after)).not.toBe(version(before));
      },
    },
    {
      name: 'PUT with a stale resourceVersion is 409 Conflict',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('race');
        const before = await newConfigMap(name);
        ok(await api.replace(core('configmaps', name), { ...before, data: { a: 'first' } }));
        const late = await api.replace(core('configmaps', name), { ...before, data: { a: 'second' } });
        const status = failure(late, 409, 'Conflict');
        expect(status['details']).toEqual({ name, kind: 'configmaps' });
        expect(status['message']).toContain('the object has been modified');
      },
    },
    {
      name: 'PUT without a resourceVersion wins whatever happened',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('blunt');
        await newConfigMap(name, { data: { a: '1' } });
        expect(ok(await api.replace(core('configmaps', name), configMap(name, { data: { b: '2' } })))['data']).toEqual({
          b: '2',
        });
      },
    },
    {
      name: 'PUT of an absent ConfigMap is 404',
      async run({ api, core }) {
        failure(await api.replace(core('configmaps', 'absent'), configMap('absent')), 404, 'NotFound');
      },
    },
    {
      name: 'PUT under another name is 400',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('named');
        await newConfigMap(name);
        const status = failure(await api.replace(core('configmaps', name), configMap('other')), 400, 'BadRequest');
        expect(status['message']).toContain('does not match');
      },
    },
    {
      name: 'PUT with the uid of another object is 409',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('identity');
        await newConfigMap(name);
        const body = configMap(name, { metadata: { uid: '00000000-0000-0000-0000-000000000000' } });
        failure(await api.replace(core('configmaps', name), body), 409, 'Conflict');
      },
    },
    {
      name: 'PUT with dryRun=All answers the result and keeps the object',
      async run({ api, core, unique, newConfigMap, read }) {
        const name = unique('pretend');
        const before = await newConfigMap(name, { data: { a: '1' } });
        const body = { ...before, data: { a: '2' } };
        expect(ok(await api.replace(core('configmaps', name), body, { dryRun: 'All' }))['data']).toEqual({ a: '2' });
        expect(await read(core('configmaps', name))).toEqual(before);
      },
    },
    {
      name: 'PUT with fieldValidation=Strict refuses unknown fields',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('strict');
        const before = await newConfigMap(name);
        const body = { ...before, dota: {} };
        failure(await api.replace(core('configmaps', name), body, { fieldValidation: 'Strict' }), 400, 'BadRequest');
      },
    },
    {
      name: 'the selector of a Deployment cannot change',
      async run({ api, apps, unique, newDeployment }) {
        const name = unique('fixed');
        await newDeployment(name, { replicas: 0 });
        const body = {
          spec: { selector: { matchLabels: { app: 'b' } }, template: { metadata: { labels: { app: 'b' } } } },
        };
        const status = failure(await api.patch(apps('deployments', name), { type: 'merge', body }), 422, 'Invalid');
        expect(causes(status)).toContainEqual(['spec.selector', 'FieldValueInvalid']);
        expect(status['message']).toContain('field is immutable');
      },
    },
    {
      name: 'an immutable ConfigMap keeps its data',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('stone');
        await newConfigMap(name, { immutable: true, data: { a: '1' } });
        const patch = { type: 'merge', body: { data: { a: '2' } } } as const;
        const status = failure(await api.patch(core('configmaps', name), patch), 422, 'Invalid');
        expect(causes(status)).toContainEqual(['data', 'FieldValueForbidden']);
      },
    },
    {
      name: 'the type of a Secret cannot change',
      async run({ api, core, unique }) {
        const name = unique('typed');
        created(await api.create(core('secrets'), { metadata: { name } }));
        const patch = { type: 'merge', body: { type: 'example.org/other' } } as const;
        const status = failure(await api.patch(core('secrets', name), patch), 422, 'Invalid');
        expect(causes(status)).toContainEqual(['type', 'FieldValueInvalid']);
      },
    },
    {
      name: 'the template of a Job cannot change',
      async run({ api, batch, unique }) {
        const name = unique('once');
        const spec = { restartPolicy: 'Never', containers: [{ name: 'a', image: 'registry.example/a:1' }] };
        const body = { metadata: { name }, spec: { suspend: true, template: { spec } } };
        created(await api.create(batch('jobs'), body));
        const change: JsonMap = { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } };
        const status = failure(await api.patch(batch('jobs', name), { type: 'merge', body: change }), 422, 'Invalid');
        expect(causes(status)).toContainEqual(['spec.template.spec', 'FieldValueInvalid']);
      },
    },
    {
      name: 'the cluster address of a Service survives a PUT that leaves it out',
      async run({ api, core, unique }) {
        const name = unique('front');
        const before = created(await api.create(core('services'), service(name, [{ port: 80 }])));
        const after = ok(await api.replace(core('services', name), service(name, [{ port: 81 }])));
        expect(textAt(after, 'spec.clusterIP')).toBe(textAt(before, 'spec.clusterIP'));
        expect(after).toMatchObject({ spec: { ports: [{ port: 81 }] } });
      },
    },
  ],
};
