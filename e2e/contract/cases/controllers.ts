import { expect } from 'vitest';
import { at, eventually, itemsAt, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { container, type ContractTopic, created, failure, job, ok, type Subject } from '../subject.ts';

const condition = (object: JsonMap, type: string): JsonMap | undefined =>
  itemsAt(object, 'status.conditions').find((one) => one['type'] === type);

/** A Job whose pod never runs: no node has the label, and the sandbox cannot pull the image. */
const stuckJob = (name: string, spec: JsonMap): JsonMap => {
  const image = 'registry.example/work:1-broken';
  const containers = [container('work', { image })];
  return job(name, {
    template: { spec: { restartPolicy: 'Never', nodeSelector: { nowhere: '1' }, containers } },
    ...spec,
  });
};

const holds = (object: JsonMap, type: string) => condition(object, type)?.['status'] === 'True';

/** Waits until the Deployment has all of its replicas available and has seen its last change. */
const settled = ({ read, apps }: Subject, name: string): Promise<JsonMap> =>
  eventually(`${name} is settled`, async () => {
    const stored = await read(apps('deployments', name));
    const wanted = at(stored, 'spec.replicas');
    const counts = ['status.replicas', 'status.updatedReplicas', 'status.availableReplicas'];
    const seen = at(stored, 'status.observedGeneration') === at(stored, 'metadata.generation');
    return seen && counts.every((path) => (at(stored, path) ?? 0) === wanted) && holds(stored, 'Available') && stored;
  });

const owned = async ({ api }: Subject, path: string, name: string): Promise<JsonMap[]> =>
  itemsAt(ok(await api.get(path, { labelSelector: `app=${name}` })), 'items');

/** Things that move by themselves. */
export const controllerTopic: ContractTopic = {
  topic: 'controllers',
  cases: [
    {
      name: 'a Deployment becomes Available through a ReplicaSet and Pods it owns',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('web');
        await subject.newDeployment(name, { replicas: 2 });
        const stored = await settled(subject, name);
        expect(at(stored, 'status.readyReplicas')).toBe(2);
        const sets = await owned(subject, subject.apps('replicasets'), name);
        expect(sets).toMatchObject([
          {
            metadata: {
              ownerReferences: [{ kind: 'Deployment', name, controller: true, uid: at(stored, 'metadata.uid') }],
            },
          },
        ]);
        const pods = await owned(subject, subject.core('pods'), name);
        expect(pods).toHaveLength(2);
        for (const pod of pods)
          expect(pod).toMatchObject({
            metadata: { ownerReferences: [{ kind: 'ReplicaSet', uid: at(sets[0], 'metadata.uid') }] },
            status: { phase: 'Running' },
          });
      },
    },
    {
      name: 'pods carry the hash of their template',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('hashed');
        await subject.newDeployment(name);
        await settled(subject, name);
        const [set] = await owned(subject, subject.apps('replicasets'), name);
        const [pod] = await owned(subject, subject.core('pods'), name);
        const hash = textAt(set, 'metadata.labels.pod-template-hash');
        expect(hash).not.toBe('');
        expect(textAt(pod, 'metadata.labels.pod-template-hash')).toBe(hash);
        expect(textAt(set, 'metadata.name')).toBe(`${name}-${hash}`);
      },
    },
    {
      name: 'scaling down removes pods',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('shrinking');
        await subject.newDeployment(name, { replicas: 3 });
        await settled(subject, name);
        const patch = { type: 'merge', body: { spec: { replicas: 1 } } } as const;
        ok(await subject.api.patch(subject.apps('deployments', name, 'scale'), patch));
        await eventually(
          'one pod is left',
          async () => (await owned(subject, subject.core('pods'), name)).length === 1,
        );
        await settled(subject, name);
      },
    },
    {
      name: 'a pod deleted by hand is made again',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('healing');
        await subject.newDeployment(name);
        await settled(subject, name);
        const [pod] = await owned(subject, subject.core('pods'), name);
        ok(await subject.api.remove(subject.core('pods', textAt(pod, 'metadata.name'))));
        await eventually('another pod runs', async () =>
          (await owned(subject, subject.core('pods'), name)).some(
            (one) => at(one, 'metadata.uid') !== at(pod, 'metadata.uid') && at(one, 'status.phase') === 'Running',
          ),
        );
      },
    },
    {
      name: 'a change of the template rolls out through a second ReplicaSet',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('rolling');
        await subject.newDeployment(name);
        await settled(subject, name);
        const containers = [{ name: 'web', image: 'registry.example/web:2' }];
        const patch = { type: 'strategic', body: { spec: { template: { spec: { containers } } } } } as const;
        ok(await subject.api.patch(subject.apps('deployments', name), patch));
        const after = await settled(subject, name);
        expect(at(after, 'metadata.generation')).toBe(2);
        expect(after).toMatchObject({ metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } } });
        const sets = await owned(subject, subject.apps('replicasets'), name);
        expect(new Set(sets.map((set) => at(set, 'spec.replicas')))).toEqual(new Set([0, 1]));
        await eventually('only pods of the new image are left', async () => {
          const pods = await owned(subject, subject.core('pods'), name);
          return pods.length === 1 && at(pods[0], 'spec.containers.0.image') === 'registry.example/web:2';
        });
      },
    },
    {
      name: 'what controllers write is theirs: the status entry of the Deployment',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('written');
        await subject.newDeployment(name);
        const stored = await settled(subject, name);
        const entries = itemsAt(stored, 'metadata.managedFields').filter((entry) => entry['subresource'] === 'status');
        expect(entries).toMatchObject([
          { manager: expect.stringMatching(/^(kube-)?controller-manager$/), operation: 'Update' },
        ]);
      },
    },
    {
      name: 'deleting a Deployment takes ReplicaSet and Pods with it',
      needs: 'controllers',
      async run(subject) {
        const name = subject.unique('leaving');
        await subject.newDeployment(name);
        await settled(subject, name);
        ok(await subject.api.remove(subject.apps('deployments', name)));
        failure(await subject.api.get(subject.apps('deployments', name)), 404, 'NotFound');
        for (const path of [subject.apps('replicasets'), subject.core('pods')])
          await eventually(
            `nothing is left at ${path}`,
            async () => (await owned(subject, path, name)).length === 0,
            45_000,
          );
      },
    },
    {
      name: 'a Job runs to completion',
      needs: 'controllers',
      async run(subject) {
        const { api, batch, read, unique } = subject;
        const name = unique('work');
        created(await api.create(batch('jobs'), job(name)));
        const done = await eventually(
          `${name} is complete`,
          async () => {
            const stored = await read(batch('jobs', name));
            return holds(stored, 'Complete') && stored;
          },
          45_000,
        );
        expect(at(done, 'status.succeeded')).toBe(1);
        expect(textAt(done, 'status.completionTime')).not.toBe('');
      },
    },
    {
      name: 'a Job that takes too long fails',
      needs: 'controllers',
      async run({ api, batch, read, unique }) {
        const name = unique('late');
        created(await api.create(batch('jobs'), stuckJob(name, { activeDeadlineSeconds: 1 })));
        const stored = await eventually(
          `${name} failed`,
          async () => {
            const now = await read(batch('jobs', name));
            return holds(now, 'Failed') && now;
          },
          45_000,
        );
        expect(condition(stored, 'Failed')).toMatchObject({
          reason: 'DeadlineExceeded',
          message: 'Job was active longer than specified deadline',
        });
      },
    },
    {
      name: 'a Job with no time to live goes at its end, unless a finalizer holds it',
      needs: 'controllers',
      async run({ api, batch, read, unique }) {
        const [gone, held] = [unique('gone'), unique('held')];
        const spec = { ttlSecondsAfterFinished: 0 };
        const kept = job(held, spec);
        created(await api.create(batch('jobs'), job(gone, spec)));
        created(
          await api.create(batch('jobs'), { ...kept, metadata: { name: held, finalizers: ['example.com/held'] } }),
        );
        await eventually(`${gone} is gone`, async () => (await api.get(batch('jobs', gone))).status === 404, 45_000);
        const stored = await eventually(
          `${held} is being deleted`,
          async () => {
            const now = await read(batch('jobs', held));
            return textAt(now, 'metadata.deletionTimestamp') !== '' && now;
          },
          45_000,
        );
        expect(holds(stored, 'Complete')).toBe(true);
        ok(await api.patch(batch('jobs', held), { type: 'merge', body: { metadata: { finalizers: null } } }));
      },
    },
    {
      name: 'a suspended Job does not start',
      needs: 'controllers',
      async run({ api, batch, read, unique }) {
        const name = unique('waiting');
        created(await api.create(batch('jobs'), job(name, { suspend: true })));
        const stored = await eventually(`${name} is suspended`, async () => {
          const now = await read(batch('jobs', name));
          return holds(now, 'Suspended') && now;
        });
        expect(at(stored, 'status.active') ?? 0).toBe(0);
      },
    },
  ],
};
