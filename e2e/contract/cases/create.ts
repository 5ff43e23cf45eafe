import { expect } from 'vitest';
import { textAt } from '../../controlplane/api-client.ts';
import { causes, type ContractTopic, configMap, container, created, deployment, failure, service } from '../subject.ts';

/** Making objects, and what the server says to those it will not make. */
export const createTopic: ContractTopic = {
  topic: 'create',
  cases: [
    {
      name: 'answers 201 with the stored object',
      async run({ api, core, ns, unique, read }) {
        const name = unique('fresh');
        const stored = created(await api.create(core('configmaps'), configMap(name, { data: { a: '1' } })));
        expect(stored).toMatchObject({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, namespace: ns },
          data: { a: '1' },
        });
        expect(await read(core('configmaps', name))).toEqual(stored);
      },
    },
    {
      name: 'kind and apiVersion may be left out',
      async run({ api, core, unique }) {
        const stored = created(await api.create(core('configmaps'), { metadata: { name: unique('plain') } }));
        expect(stored).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
      },
    },
    {
      name: 'the same name twice is 409 AlreadyExists',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('twice');
        await newConfigMap(name);
        const status = failure(await api.create(core('configmaps'), configMap(name)), 409, 'AlreadyExists');
        expect(status['details']).toEqual({ name, kind: 'configmaps' });
        expect(status['message']).toBe(`configmaps "${name}" already exists`);
      },
    },
    {
      name: 'generateName gets a random ending',
      async run({ api, core }) {
        const body = { metadata: { generateName: 'some-' } };
        const first = created(await api.create(core('configmaps'), body));
        const second = created(await api.create(core('configmaps'), body));
        expect(textAt(first, 'metadata.name')).toMatch(/^some-[a-z0-9]{5}$/);
        expect(textAt(first, 'metadata.generateName')).toBe('some-');
        expect(textAt(second, 'metadata.name')).not.toBe(textAt(first, 'metadata.name'));
      },
    },
    {
      name: 'neither name nor generateName is 422',
      async run({ api, core }) {
        const status = failure(await api.create(core('configmaps'), { metadata: {} }), 422, 'Invalid');
        expect(causes(status)).toContainEqual(['metadata.name', 'FieldValueRequired']);
      },
    },
    {
      name: 'a name that is no DNS name is 422',
      async run({ api, core }) {
        const status = failure(await api.create(core('configmaps'), configMap('Not_A_Name')), 422, 'Invalid');
        expect(causes(status)).toEqual([['metadata.name', 'FieldValueInvalid']]);
        expect(status['details']).toMatchObject({ name: 'Not_A_Name', kind: 'ConfigMap' });
      },
    },
    {
      name: 'a namespace in the body that is not the one of the path is 400',
      async run({ api, core, unique }) {
        const body = configMap(unique('elsewhere'), { metadata: { namespace: 'default' } });
        const status = failure(await api.create(core('configmaps'), body), 400, 'BadRequest');
        expect(status['message']).toContain('namespace');
      },
    },
    {
      name: 'another kind than the one of the path is 400',
      async run({ api, core, unique }) {
        failure(await api.create(core('configmaps'), service(unique('odd'), [{ port: 80 }])), 400, 'BadRequest');
      },
    },
    {
      name: 'a resourceVersion in the body is refused',
      async run({ api, core, unique }) {
        const body = configMap(unique('numbered'), { metadata: { resourceVersion: '1' } });
        const reply = await api.create(core('configmaps'), body);
        expect(reply.text).toContain('resourceVersion should not be set on objects to be created');
        expect(reply.status).toBeGreaterThanOrEqual(400);
      },
    },
    {
      name: 'missing required fields of a Deployment are named as causes',
      async run({ api, apps, unique }) {
        const status = failure(
          await api.create(apps('deployments'), deployment(unique('thin'), { selector: null, template: {} })),
          422,
          'Invalid',
        );
        expect(causes(status)).toContainEqual(['spec.selector', 'FieldValueRequired']);
        expect(causes(status)).toContainEqual(['spec.template.spec.containers', 'FieldValueRequired']);
        expect(status['details']).toMatchObject({ group: 'apps', kind: 'Deployment' });
      },
    },
    {
      name: 'a selector that does not match the template is 422',
      async run({ api, apps, unique }) {
        const body = deployment(unique('astray'), { selector: { matchLabels: { app: 'another' } } });
        const status = failure(await api.create(apps('deployments'), body), 422, 'Invalid');
        expect(causes(status)).toContainEqual(['spec.template.metadata.labels', 'FieldValueInvalid']);
      },
    },
    {
      name: 'a value of the wrong type is 400',
      async run({ api, apps, unique }) {
        const status = failure(
          await api.create(apps('deployments'), deployment(unique('wordy'), { replicas: 'three' })),
          400,
          'BadRequest',
        );
        expect(status['message']).toContain('replicas');
      },
    },
    {
      name: 'defaults of a Deployment are filled in',
      async run({ newDeployment, unique }) {
        const stored = await newDeployment(unique('defaulted'), { replicas: null });
        expect(stored).toMatchObject({
          spec: {
            replicas: 1,
            revisionHistoryLimit: 10,
            progressDeadlineSeconds: 600,
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
            template: {
              spec: {
                restartPolicy: 'Always',
                terminationGracePeriodSeconds: 30,
                containers: [{ imagePullPolicy: 'IfNotPresent', ports: [{ containerPort: 8080, protocol: 'TCP' }] }],
              },
            },
          },
        });
      },
    },
    {
      name: 'a Service gets a cluster address, a type and its target ports',
      async run({ api, core, unique }) {
        const stored = created(await api.create(core('services'), service(unique('front'), [{ port: 80 }])));
        expect(stored).toMatchObject({
          spec: { type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }], sessionAffinity: 'None' },
        });
        expect(textAt(stored, 'spec.clusterIP')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      },
    },
    {
      name: 'stringData of a Secret ends up in data, encoded',
      async run({ api, core, unique }) {
        const body = { metadata: { name: unique('hidden') }, stringData: { user: 'ann' } };
        const stored = created(await api.create(core('secrets'), body));
        expect(stored).toMatchObject({ type: 'Opaque', data: { user: Buffer.from('ann').toString('base64') } });
        expect(stored).not.toHaveProperty('stringData');
      },
    },
    {
      name: 'quantities are stored in their canonical form',
      async run({ unique, newDeployment }) {
        const limits = { cpu: '1000m', memory: '1024Mi' };
        const name = unique('measured');
        const stored = await newDeployment(name, {
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [container('web', { resources: { limits } })] },
          },
        });
        expect(stored).toMatchObject({
          spec: { template: { spec: { containers: [{ resources: { limits: { cpu: '1', memory: '1Gi' } } }] } } },
        });
      },
    },
    {
      name: 'a status in the body of a create is dropped',
      async run({ api, apps, unique }) {
        const body = { ...deployment(unique('boaster')), status: { readyReplicas: 9 } };
        const stored = created(await api.create(apps('deployments'), body));
        expect(stored).not.toHaveProperty('status.readyReplicas');
      },
    },
    {
      name: 'dryRun=All answers 201 and stores nothing',
      async run({ api, core, unique }) {
        const name = unique('imagined');
        const stored = created(await api.create(core('configmaps'), configMap(name), { dryRun: 'All' }));
        expect(textAt(stored, 'metadata.uid')).not.toBe('');
        failure(await api.get(core('configmaps', name)), 404, 'NotFound');
      },
    },
    {
      name: 'dryRun still answers 409 and 422',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('taken');
        await newConfigMap(name);
        const dryRun = { dryRun: 'All' };
        failure(await api.create(core('configmaps'), configMap(name), dryRun), 409, 'AlreadyExists');
        failure(await api.create(core('configmaps'), configMap('No!'), dryRun), 422, 'Invalid');
      },
    },
    {
      name: 'an unknown value of dryRun is refused',
      async run({ api, core, unique }) {
        const reply = await api.create(core('configmaps'), configMap(unique('odd')), { dryRun: 'Perhaps' });
        failure(reply, 422, 'Invalid');
      },
    },
    {
      name: 'fieldValidation=Strict refuses unknown and duplicate fields, and names them',
      async run({ api, apps, core, unique }) {
        const body = deployment(unique('strict'), { replica: 2 });
        const status = failure(
          await api.create(apps('deployments'), body, { fieldValidation: 'Strict' }),
          400,
          'BadRequest',
        );
        expect(status['message']).toContain('unknown field "spec.replica"');
        const twice = `{"metadata":{"name":"${unique('strict')}"},"data":{"a":"1"},"data":{"b":"2"}}`;
        const again = failure(
          await api.create(core('configmaps'), twice, { fieldValidation: 'Strict' }),
          400,
          'BadRequest',
        );
        expect(again['message']).toContain('duplicate field "data"');
      },
    },
    {
      name: 'fieldValidation=Warn drops unknown fields and warns',
      async run({ api, apps, unique }) {
        const body = deployment(unique('warned'), { replica: 2 });
        const reply = await api.create(apps('deployments'), body, { fieldValidation: 'Warn' });
        expect(created(reply)).not.toHaveProperty('spec.replica');
        expect(String(reply.headers['warning'])).toBe('299 - "unknown field \\"spec.replica\\""');
      },
    },
    {
      name: 'fieldValidation=Ignore drops unknown fields in silence',
      async run({ api, apps, unique }) {
        const body = deployment(unique('ignored'), { replica: 2 });
        const reply = await api.create(apps('deployments'), body, { fieldValidation: 'Ignore' });
        expect(created(reply)).not.toHaveProperty('spec.replica');
        expect(reply.headers['warning']).toBeUndefined();
      },
    },
    {
      name: 'without fieldValidation the server warns',
      async run({ api, core, unique }) {
        const reply = await api.create(core('configmaps'), { metadata: { name: unique('default') }, dota: {} });
        expect(reply.status).toBe(201);
        expect(String(reply.headers['warning'])).toContain('unknown field \\"dota\\"');
      },
    },
  ],
};
