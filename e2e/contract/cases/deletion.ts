import { expect } from 'vitest';
import { at, eventually, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, failure, names, ok, type Subject, version } from '../subject.ts';

/** Creates a ConfigMap that belongs to `owner`. */
async function dependent(subject: Subject, owner: JsonMap, extra: JsonMap = {}): Promise<string> {
  const name = subject.unique('dependent');
  const reference = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: textAt(owner, 'metadata.name'),
    uid: textAt(owner, 'metadata.uid'),
    ...extra,
  };
  await subject.newConfigMap(name, { metadata: { ownerReferences: [reference] } });
  return name;
}

const gone = ({ api, core }: Subject, name: string) =>
  eventually(`${name} is gone`, async () => (await api.get(core('configmaps', name))).status === 404, 45_000);

const release = ({ api, core }: Subject, name: string) =>
  api.patch(core('configmaps', name), { type: 'merge', body: { metadata: { finalizers: null } } });

/** Taking objects away, with what hangs on them. */
export const deletionTopic: ContractTopic = {
  topic: 'deletion',
  cases: [
    {
      name: 'answers a Success with the uid, and the object is gone',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('goes');
        const stored = await newConfigMap(name);
        expect(ok(await api.remove(core('configmaps', name)))).toMatchObject({
          kind: 'Status',
          status: 'Success',
          details: { name, kind: 'configmaps', uid: textAt(stored, 'metadata.uid') },
        });
        failure(await api.get(core('configmaps', name)), 404, 'NotFound');
      },
    },
    {
      name: 'an absent object is 404',
      async run({ api, core }) {
        failure(await api.remove(core('configmaps', 'absent')), 404, 'NotFound');
      },
    },
    {
      name: 'the same name made again is another object',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('again');
        const first = await newConfigMap(name);
        ok(await api.remove(core('configmaps', name)));
        expect(textAt(await newConfigMap(name), 'metadata.uid')).not.toBe(textAt(first, 'metadata.uid'));
      },
    },
    {
      name: 'dryRun=All in the query or the body keeps the object',
      async run({ api, core, unique, newConfigMap, read }) {
        const name = unique('spared');
        const before = await newConfigMap(name);
        ok(await api.remove(core('configmaps', name), { dryRun: 'All' }));
        const options = { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'] };
        ok(await api.remove(core('configmaps', name), {}, options));
        expect(await read(core('configmaps', name))).toEqual(before);
      },
    },
    {
      name: 'a precondition on the uid that does not hold is 409',
      async run({ api, core, unique, newConfigMap, read }) {
        const name = unique('guarded');
        const before = await newConfigMap(name);
        const body = { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } };
        failure(await api.remove(core('configmaps', name), {}, body), 409, 'Conflict');
        expect(await read(core('configmaps', name))).toEqual(before);
        ok(await api.remove(core('configmaps', name), {}, { preconditions: { uid: textAt(before, 'metadata.uid') } }));
      },
    },
    {
      name: 'a precondition on the resourceVersion that does not hold is 409',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('guarded');
        const before = await newConfigMap(name);
        ok(await api.patch(core('configmaps', name), { type: 'merge', body: { data: { a: '1' } } }));
        const body = { preconditions: { resourceVersion: version(before) } };
        failure(await api.remove(core('configmaps', name), {}, body), 409, 'Conflict');
      },
    },
    {
      name: 'finalizers hold an object: it answers with a deletionTimestamp and stays',
      async run(subject) {
        const { api, core, unique, newConfigMap, read } = subject;
        const name = unique('held');
        await newConfigMap(name, { metadata: { finalizers: ['example.org/hold'] } });
        const answer = ok(await api.remove(core('configmaps', name)));
        expect(answer).toMatchObject({ kind: 'ConfigMap', metadata: { name, deletionGracePeriodSeconds: 0 } });
        expect(textAt(answer, 'metadata.deletionTimestamp')).toMatch(/Z$/);
        expect(await read(core('configmaps', name))).toEqual(answer);
        const after = ok(await release(subject, name));
        expect(after).toMatchObject({ metadata: { name } });
        failure(await api.get(core('configmaps', name)), 404, 'NotFound');
      },
    },
    {
      name: 'a second delete of a held object changes nothing',
      async run(subject) {
        const { api, core, unique, newConfigMap } = subject;
        const name = unique('held');
        await newConfigMap(name, { metadata: { finalizers: ['example.org/hold'] } });
        const first = ok(await api.remove(core('configmaps', name)));
        const second = ok(await api.remove(core('configmaps', name)));
        expect(version(second)).toBe(version(first));
        ok(await release(subject, name));
      },
    },
    {
      name: 'an object being deleted takes no new finalizers',
      async run(subject) {
        const { api, core, unique, newConfigMap } = subject;
        const name = unique('held');
        await newConfigMap(name, { metadata: { finalizers: ['example.org/hold'] } });
        ok(await api.remove(core('configmaps', name)));
        const body = { metadata: { finalizers: ['example.org/hold', 'example.org/more'] } };
        failure(await api.patch(core('configmaps', name), { type: 'merge', body }), 422, 'Invalid');
        ok(await release(subject, name));
      },
    },
    {
      name: 'Background: the owner goes at once, what it owns follows',
      needs: 'controllers',
      async run(subject) {
        const { api, core, unique, newConfigMap } = subject;
        const owner = await newConfigMap(unique('owner'));
        const child = await dependent(subject, owner);
        const path = core('configmaps', textAt(owner, 'metadata.name'));
        ok(await api.remove(path, { propagationPolicy: 'Background' }));
        failure(await api.get(path), 404, 'NotFound');
        await gone(subject, child);
      },
    },
    {
      name: 'Foreground: the owner waits until what blocks it is gone',
      needs: 'controllers',
      async run(subject) {
        const { api, core, unique, newConfigMap, read } = subject;
        const owner = await newConfigMap(unique('owner'));
        const ownerName = textAt(owner, 'metadata.name');
        const child = await dependent(subject, owner, { blockOwnerDeletion: true });
        const hold = { metadata: { finalizers: ['example.org/hold'] } };
        ok(await api.patch(core('configmaps', child), { type: 'merge', body: hold }));
        const answer = ok(await api.remove(core('configmaps', ownerName), { propagationPolicy: 'Foreground' }));
        expect(at(answer, 'metadata.finalizers')).toEqual(['foregroundDeletion']);
        await eventually('the child is being deleted', async () =>
          textAt(await read(core('configmaps', child)), 'metadata.deletionTimestamp'),
        );
        expect(textAt(await read(core('configmaps', ownerName)), 'metadata.deletionTimestamp')).not.toBe('');
        ok(await release(subject, child));
        await gone(subject, ownerName);
      },
    },
    {
      name: 'Orphan: what it owns stays, without its owner',
      needs: 'controllers',
      async run(subject) {
        const { api, core, unique, newConfigMap, read } = subject;
        const owner = await newConfigMap(unique('owner'));
        const ownerName = textAt(owner, 'metadata.name');
        const child = await dependent(subject, owner);
        const body = { propagationPolicy: 'Orphan' };
        ok(await api.remove(core('configmaps', ownerName), {}, body));
        await gone(subject, ownerName);
        expect(at(await read(core('configmaps', child)), 'metadata.ownerReferences')).toBeUndefined();
      },
    },
    {
      name: 'an owner that was never there takes its dependents with it',
      needs: 'controllers',
      async run(subject) {
        const owner = { metadata: { name: 'ghost', uid: '00000000-0000-4000-8000-000000000000' } };
        await gone(subject, await dependent(subject, owner));
      },
    },
    {
      name: 'with two owners, an object stays until both are gone',
      needs: 'controllers',
      async run(subject) {
        const { api, core, unique, newConfigMap, read } = subject;
        const owners = [await newConfigMap(unique('owner')), await newConfigMap(unique('owner'))];
        const child = unique('shared');
        const ownerReferences = owners.map((owner) => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: textAt(owner, 'metadata.name'),
          uid: textAt(owner, 'metadata.uid'),
        }));
        await newConfigMap(child, { metadata: { ownerReferences } });
        const [first, second] = owners.map((owner) => core('configmaps', textAt(owner, 'metadata.name')));
        ok(await api.remove(first ?? ''));
        await eventually('only the second owner is named', async () => {
          const left = at(await read(core('configmaps', child)), 'metadata.ownerReferences');
          return Array.isArray(left) && left.length === 1;
        });
        ok(await api.remove(second ?? ''));
        await gone(subject, child);
      },
    },
    {
      name: 'a policy nobody knows is 422',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('odd');
        await newConfigMap(name);
        failure(await api.remove(core('configmaps', name), { propagationPolicy: 'Sideways' }), 422, 'Invalid');
      },
    },
    {
      name: 'a collection goes by label selector, and only that',
      async run({ api, core, unique, newConfigMap, read }) {
        const group = unique('group');
        const labels = { group };
        for (const letter of ['a', 'b']) await newConfigMap(`${group}-${letter}`, { metadata: { labels } });
        await newConfigMap(`${group}-c`);
        ok(await api.remove(core('configmaps'), { labelSelector: `group=${group}` }));
        const left = names(await read(core('configmaps')));
        expect(left.filter((name) => name.startsWith(`${group}-`))).toEqual([`${group}-c`]);
      },
    },
    {
      name: 'a collection with dryRun=All stays',
      async run({ api, core, unique, newConfigMap, read }) {
        const name = unique('spared');
        await newConfigMap(name, { metadata: { labels: { name } } });
        ok(await api.remove(core('configmaps'), { labelSelector: `name=${name}`, dryRun: 'All' }));
        expect(await read(core('configmaps', name))).toHaveProperty('metadata.name', name);
      },
    },
  ],
};
