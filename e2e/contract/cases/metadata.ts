import { expect } from 'vitest';
import { at, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, configMap, ok, version } from '../subject.ts';

const UID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the server writes about an object by itself, and when it does not. */
export const metadataTopic: ContractTopic = {
  topic: 'metadata',
  cases: [
    {
      name: 'uid, creationTimestamp and resourceVersion are set by the server',
      async run({ unique, newConfigMap }) {
        const metadata = { uid: 'mine', creationTimestamp: '2001-01-01T00:00:00Z' };
        const stored = await newConfigMap(unique('stamped'), { metadata });
        expect(textAt(stored, 'metadata.uid')).toMatch(UID);
        expect(Date.parse(textAt(stored, 'metadata.creationTimestamp'))).toBeGreaterThan(Date.parse('2020-01-01'));
        expect(textAt(stored, 'metadata.creationTimestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(version(stored)).toMatch(/^\d+$/);
      },
    },
    {
      name: 'uid and creationTimestamp survive an update that leaves them out',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('lasting');
        const before = await newConfigMap(name);
        const after = ok(await api.replace(core('configmaps', name), configMap(name, { data: { a: '1' } })));
        expect(at(after, 'metadata.uid')).toBe(at(before, 'metadata.uid'));
        expect(at(after, 'metadata.creationTimestamp')).toBe(at(before, 'metadata.creationTimestamp'));
      },
    },
    {
      name: 'resourceVersions grow with every write of any object',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('counted');
        const first = await newConfigMap(name);
        const other = await newConfigMap(unique('counted'));
        const patch = { type: 'merge', body: { data: { a: '1' } } } as const;
        const second = ok(await api.patch(core('configmaps', name), patch));
        expect(BigInt(version(other))).toBeGreaterThan(BigInt(version(first)));
        expect(BigInt(version(second))).toBeGreaterThan(BigInt(version(other)));
      },
    },
    {
      name: 'an update that changes nothing keeps the resourceVersion',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('same');
        const before = await newConfigMap(name, { data: { a: '1' } });
        expect(version(ok(await api.replace(core('configmaps', name), before)))).toBe(version(before));
      },
    },
    {
      name: 'a patch that changes nothing keeps the resourceVersion',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('same');
        const before = await newConfigMap(name, { data: { a: '1' } });
        const patch = { type: 'merge', body: { data: { a: '1', b: null } } } as const;
        expect(version(ok(await api.patch(core('configmaps', name), patch)))).toBe(version(before));
      },
    },
    {
      name: 'generation starts at 1 and follows the spec of a Deployment',
      async run({ api, apps, unique, newDeployment }) {
        const name = unique('generations');
        expect(at(await newDeployment(name, { replicas: 0 }), 'metadata.generation')).toBe(1);
        const body = { spec: { minReadySeconds: 5 } };
        const after = ok(await api.patch(apps('deployments', name), { type: 'merge', body }));
        expect(at(after, 'metadata.generation')).toBe(2);
      },
    },
    {
      name: 'generation stays when only labels change',
      async run({ api, apps, unique, newDeployment }) {
        const name = unique('labelled');
        await newDeployment(name, { replicas: 0 });
        const body = { metadata: { labels: { tier: 'front' } } };
        const after = ok(await api.patch(apps('deployments', name), { type: 'merge', body }));
        expect(at(after, 'metadata.generation')).toBe(1);
        expect(at(after, 'metadata.labels.tier')).toBe('front');
      },
    },
    {
      name: 'generation stays when only the status changes',
      async run({ api, apps, unique, newDeployment }) {
        const name = unique('reported');
        await newDeployment(name, { replicas: 0 });
        const body = { status: { collisionCount: 0 } };
        const after = ok(await api.patch(apps('deployments', name, 'status'), { type: 'merge', body }));
        expect(at(after, 'metadata.generation')).toBe(1);
      },
    },
    {
      name: 'generation in a body is ignored',
      async run({ api, apps, unique, newDeployment }) {
        const name = unique('claimed');
        await newDeployment(name, { replicas: 0 });
        const body = { metadata: { generation: 41 } };
        const after = ok(await api.patch(apps('deployments', name), { type: 'merge', body }));
        expect(at(after, 'metadata.generation')).toBe(1);
      },
    },
    {
      name: 'a ConfigMap has no generation',
      async run({ unique, newConfigMap }) {
        expect(await newConfigMap(unique('flat'))).not.toHaveProperty('metadata.generation');
      },
    },
    {
      name: 'selfLink is not served',
      async run({ unique, newConfigMap }) {
        expect(await newConfigMap(unique('linkless'))).not.toHaveProperty('metadata.selfLink');
      },
    },
  ],
};
