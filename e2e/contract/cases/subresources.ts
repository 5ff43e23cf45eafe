import { expect } from 'vitest';
import { at, eventually, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import {
  causes,
  type ContractTopic,
  created,
  deployment,
  failure,
  fieldsOf,
  managers,
  ok,
  type Subject,
  version,
} from '../subject.ts';

/** A paused Deployment without replicas: its controller writes little more than its status. */
const still = async ({ unique, newDeployment }: Subject): Promise<string> => {
  const name = unique('still');
  await newDeployment(name, { replicas: 0, paused: true });
  return name;
};

const scale = (subject: Subject, name: string) => subject.apps('deployments', name, 'scale');
const status = (subject: Subject, name: string) => subject.apps('deployments', name, 'status');

/** Reads the scale and writes it back with `replicas`, again when a controller wrote in between. */
const rescale = (subject: Subject, name: string, replicas: number): Promise<{ before: JsonMap; after: JsonMap }> =>
  eventually(`${name} is scaled`, async () => {
    const before = await subject.read(scale(subject, name));
    const reply = await subject.api.replace(scale(subject, name), { ...before, spec: { replicas } });
    return reply.status !== 409 && { before, after: ok(reply) };
  });

/** The doors beside the object itself. */
export const subresourceTopic: ContractTopic = {
  topic: 'subresources',
  cases: [
    {
      name: 'scale reads replicas and the selector as text',
      async run(subject) {
        const name = await still(subject);
        expect(await subject.read(scale(subject, name))).toMatchObject({
          kind: 'Scale',
          apiVersion: 'autoscaling/v1',
          metadata: { name, namespace: subject.ns },
          spec: {},
          status: { replicas: 0, selector: `app=${name}` },
        });
      },
    },
    {
      name: 'scale PUT changes the replicas of the Deployment and its generation',
      async run(subject) {
        const name = await still(subject);
        const { after } = await rescale(subject, name, 3);
        expect(after).toMatchObject({ kind: 'Scale', spec: { replicas: 3 } });
        const stored = await subject.read(subject.apps('deployments', name));
        expect(at(stored, 'spec.replicas')).toBe(3);
        expect(at(stored, 'metadata.generation')).toBe(2);
        expect(BigInt(version(stored))).toBeGreaterThanOrEqual(BigInt(version(after)));
      },
    },
    {
      name: 'scale PATCH is recorded under the subresource',
      async run(subject) {
        const name = await still(subject);
        const patch = { type: 'merge', body: { spec: { replicas: 2 } }, query: { fieldManager: 'hand' } } as const;
        ok(await subject.api.patch(scale(subject, name), patch));
        const stored = await subject.read(subject.apps('deployments', name));
        expect(fieldsOf(stored, 'hand', 'Update', 'scale')).toEqual({ 'f:spec': { 'f:replicas': {} } });
        expect(managers(stored).find((entry) => entry['manager'] === 'hand')).toMatchObject({ apiVersion: 'apps/v1' });
        expect(fieldsOf(stored, 'quarterdeck-tests', 'Update')).not.toHaveProperty(['f:spec', 'f:replicas']);
      },
    },
    {
      name: 'scale with a stale resourceVersion is 409',
      async run(subject) {
        const name = await still(subject);
        const { before } = await rescale(subject, name, 1);
        failure(await subject.api.replace(scale(subject, name), { ...before, spec: { replicas: 2 } }), 409, 'Conflict');
      },
    },
    {
      name: 'scale below nothing is 422',
      async run(subject) {
        const name = await still(subject);
        const reply = await subject.api.patch(scale(subject, name), {
          type: 'merge',
          body: { spec: { replicas: -1 } },
        });
        expect(causes(failure(reply, 422, 'Invalid'))).toEqual([['spec.replicas', 'FieldValueInvalid']]);
      },
    },
    {
      name: 'scale with dryRun=All changes nothing',
      async run(subject) {
        const name = await still(subject);
        const patch = { type: 'merge', body: { spec: { replicas: 4 } }, query: { dryRun: 'All' } } as const;
        expect(at(ok(await subject.api.patch(scale(subject, name), patch)), 'spec.replicas')).toBe(4);
        expect(at(await subject.read(subject.apps('deployments', name)), 'spec.replicas')).toBe(0);
      },
    },
    {
      name: 'scale of an absent Deployment is 404',
      async run(subject) {
        failure(await subject.api.get(scale(subject, 'absent')), 404, 'NotFound');
      },
    },
    {
      name: 'applying replicas after a scale by hand is a conflict naming who scaled',
      async run(subject) {
        const { api, apps, unique } = subject;
        const name = unique('disputed');
        const body = deployment(name, { replicas: 0, paused: true });
        created(await api.apply(apps('deployments', name), body, { fieldManager: 'team-a' }));
        const patch = { type: 'merge', body: { spec: { replicas: 2 } }, query: { fieldManager: 'hand' } } as const;
        ok(await api.patch(scale(subject, name), patch));
        const again = await api.apply(apps('deployments', name), body, { fieldManager: 'team-a' });
        const refused = failure(again, 409, 'Conflict');
        expect(causes(refused)).toEqual([['.spec.replicas', 'FieldManagerConflict']]);
        expect(textAt(refused, 'details.causes.0.message')).toMatch(/^conflict with "hand" with subresource "scale"/);
      },
    },
    {
      name: 'status PUT writes the status and nothing else',
      async run(subject) {
        const name = await still(subject);
        const body = { ...deployment(name, { replicas: 7, paused: true }), status: { collisionCount: 3 } };
        const after = ok(await subject.api.replace(status(subject, name), body));
        expect(at(after, 'status.collisionCount')).toBe(3);
        expect(at(after, 'spec.replicas')).toBe(0);
        expect(at(after, 'metadata.generation')).toBe(1);
      },
    },
    {
      name: 'status PATCH is recorded under the subresource',
      async run(subject) {
        const name = await still(subject);
        const patch = {
          type: 'merge',
          body: { status: { collisionCount: 5 } },
          query: { fieldManager: 'reporter' },
        } as const;
        const after = ok(await subject.api.patch(status(subject, name), patch));
        expect(fieldsOf(after, 'reporter', 'Update', 'status')).toEqual({ 'f:status': { 'f:collisionCount': {} } });
      },
    },
    {
      name: 'the object itself ignores a status',
      async run(subject) {
        const name = await still(subject);
        const patch = { type: 'merge', body: { status: { collisionCount: 6 } } } as const;
        const after = ok(await subject.api.patch(subject.apps('deployments', name), patch));
        expect(at(after, 'status.collisionCount')).not.toBe(6);
      },
    },
    {
      name: 'the status is there to read',
      async run(subject) {
        const name = await still(subject);
        expect(await subject.read(status(subject, name))).toMatchObject({ kind: 'Deployment', metadata: { name } });
      },
    },
    {
      name: 'an unknown subresource is 404',
      async run(subject) {
        const name = await still(subject);
        expect((await subject.api.get(subject.apps('deployments', name, 'wings'))).status).toBe(404);
      },
    },
    {
      name: 'a subresource an object does not have is 404',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('flat');
        await newConfigMap(name);
        expect((await api.get(core('configmaps', name, 'scale'))).status).toBe(404);
      },
    },
  ],
};
