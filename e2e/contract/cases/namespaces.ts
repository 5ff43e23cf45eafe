import { expect } from 'vitest';
import { at, eventually, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, configMap, created, failure, ok, type Subject } from '../subject.ts';

const path = (name: string, ...parts: string[]) => ['/api/v1/namespaces', name, ...parts].join('/');

/** A namespace of the case's own; answers its name. */
async function open({ api, ns, unique }: Subject): Promise<string> {
  const name = `${ns}-${unique('room')}`;
  created(await api.create('/api/v1/namespaces', { metadata: { name } }));
  return name;
}

const closed = ({ api }: Subject, name: string) =>
  eventually(`${name} is gone`, async () => (await api.get(path(name))).status === 404, 45_000);

/** Namespaces: made, Active, Terminating, gone with all they held. */
export const namespaceTopic: ContractTopic = {
  topic: 'namespaces',
  cases: [
    {
      name: 'default, kube-system and kube-public are there',
      async run({ read }) {
        for (const name of ['default', 'kube-system', 'kube-public'])
          expect(await read(path(name))).toMatchObject({ metadata: { name }, status: { phase: 'Active' } });
      },
    },
    {
      name: 'a new one is Active, with its name as label and the kubernetes finalizer',
      async run(subject) {
        const name = await open(subject);
        expect(await subject.read(path(name))).toMatchObject({
          metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
          spec: { finalizers: ['kubernetes'] },
          status: { phase: 'Active' },
        });
        ok(await subject.api.remove(path(name)));
      },
    },
    {
      name: 'creating in one that is not there is 404',
      async run({ api }) {
        const status = failure(await api.create(path('nowhere', 'configmaps'), configMap('lost')), 404, 'NotFound');
        expect(status['details']).toEqual({ name: 'nowhere', kind: 'namespaces' });
        expect(status['message']).toBe('namespaces "nowhere" not found');
      },
    },
    {
      name: 'applying in one that is not there is 404, dry or not',
      async run({ api }) {
        const query = { fieldManager: 'team-a' };
        const target = path('nowhere', 'configmaps', 'lost');
        failure(await api.apply(target, configMap('lost'), query), 404, 'NotFound');
        failure(await api.apply(target, configMap('lost'), { ...query, dryRun: 'All' }), 404, 'NotFound');
      },
    },
    {
      name: 'listing in one that is not there is empty, not an error',
      async run({ read }) {
        expect(await read(path('nowhere', 'configmaps'))).toMatchObject({ kind: 'ConfigMapList', items: [] });
      },
    },
    {
      name: 'a delete answers with the namespace Terminating',
      needs: 'controllers',
      async run(subject) {
        const name = await open(subject);
        const answer = ok(await subject.api.remove(path(name)));
        expect(answer).toMatchObject({ metadata: { name }, status: { phase: 'Terminating' } });
        expect(textAt(answer, 'metadata.deletionTimestamp')).not.toBe('');
        await closed(subject, name);
      },
    },
    {
      name: 'what it holds goes before it does',
      needs: 'controllers',
      async run(subject) {
        const { api } = subject;
        const name = await open(subject);
        created(await api.create(path(name, 'configmaps'), configMap('content')));
        created(await api.create(path(name, 'secrets'), { metadata: { name: 'content' } }));
        ok(await api.remove(path(name)));
        await closed(subject, name);
        failure(await api.get(path(name, 'configmaps', 'content')), 404, 'NotFound');
        failure(await api.get(path(name, 'secrets', 'content')), 404, 'NotFound');
      },
    },
    {
      name: 'one that terminates takes nothing new, and waits for finalizers inside',
      needs: 'controllers',
      async run(subject) {
        const { api } = subject;
        const name = await open(subject);
        const held = configMap('held', { metadata: { finalizers: ['example.org/hold'] } });
        created(await api.create(path(name, 'configmaps'), held));
        ok(await api.remove(path(name)));
        const refused = failure(await api.create(path(name, 'configmaps'), configMap('late')), 403, 'Forbidden');
        expect(refused['message']).toContain('because it is being terminated');
        expect(at(refused, 'details.causes.0.reason')).toBe('NamespaceTerminating');
        await eventually('the content is being deleted', async () => {
          const content = (await api.get(path(name, 'configmaps', 'held'))).json;
          return textAt(content, 'metadata.deletionTimestamp') !== '';
        });
        expect(await subject.read(path(name))).toMatchObject({ status: { phase: 'Terminating' } });
        const body = { metadata: { finalizers: null } };
        ok(await api.patch(path(name, 'configmaps', 'held'), { type: 'merge', body }));
        await closed(subject, name);
      },
    },
    {
      name: 'the name of one that is gone may be used again',
      needs: 'controllers',
      async run(subject) {
        const name = await open(subject);
        const first = await subject.read(path(name));
        ok(await subject.api.remove(path(name)));
        await closed(subject, name);
        const second = created(await subject.api.create('/api/v1/namespaces', { metadata: { name } }));
        expect(textAt(second, 'metadata.uid')).not.toBe(textAt(first, 'metadata.uid'));
        ok(await subject.api.remove(path(name)));
      },
    },
    {
      name: 'namespaces cannot be deleted as a collection',
      async run({ api }) {
        failure(await api.remove('/api/v1/namespaces'), 405, 'MethodNotAllowed');
      },
    },
    {
      name: 'a namespaced kind cannot be created without a namespace',
      async run({ api }) {
        const reply = await api.create('/api/v1/configmaps', configMap('homeless'));
        expect([400, 405]).toContain(reply.status);
      },
    },
  ],
};
