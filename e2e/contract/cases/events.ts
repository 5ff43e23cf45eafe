import { expect } from 'vitest';
import { type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, created, names, ok, type Subject } from '../subject.ts';

/** Records an event about a ConfigMap that need not exist; answers the event as stored. */
async function record(subject: Subject, about: string, extra: JsonMap = {}): Promise<JsonMap> {
  const body = {
    metadata: { name: subject.unique('event') },
    involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', namespace: subject.ns, name: about },
    reason: 'Noticed',
    message: 'something happened',
    type: 'Normal',
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
    source: { component: 'contract' },
    ...extra,
  };
  return created(await subject.api.create(subject.core('events'), body));
}

const selected = async ({ api, core }: Subject, fieldSelector: string): Promise<string[]> =>
  names(ok(await api.get(core('events'), { fieldSelector })));

/** What happened to an object, as people read it. */
export const eventTopic: ContractTopic = {
  topic: 'events',
  cases: [
    {
      name: 'are stored as sent',
      async run(subject) {
        expect(await record(subject, 'thing')).toMatchObject({
          kind: 'Event',
          reason: 'Noticed',
          message: 'something happened',
          count: 1,
          source: { component: 'contract' },
        });
      },
    },
    {
      name: 'are found by the name of the object',
      async run(subject) {
        const about = subject.unique('thing');
        const one = await record(subject, about);
        await record(subject, subject.unique('other'));
        expect(await selected(subject, `involvedObject.name=${about}`)).toEqual([textAt(one, 'metadata.name')]);
      },
    },
    {
      name: 'are found by kind, reason and type together',
      async run(subject) {
        const about = subject.unique('thing');
        await record(subject, about);
        const two = await record(subject, about, { type: 'Warning', reason: 'Worried' });
        const base = `involvedObject.name=${about},involvedObject.kind=ConfigMap`;
        expect(await selected(subject, base)).toHaveLength(2);
        expect(await selected(subject, `${base},type=Warning,reason=Worried`)).toEqual([textAt(two, 'metadata.name')]);
      },
    },
    {
      name: 'are found by the uid of the object',
      async run(subject) {
        const stored = await subject.newConfigMap(subject.unique('thing'));
        const uid = textAt(stored, 'metadata.uid');
        const name = textAt(stored, 'metadata.name');
        const involvedObject = { apiVersion: 'v1', kind: 'ConfigMap', namespace: subject.ns, name, uid };
        const one = await record(subject, name, { involvedObject });
        expect(await selected(subject, `involvedObject.uid=${uid}`)).toEqual([textAt(one, 'metadata.name')]);
      },
    },
    {
      name: 'arrive in a watch',
      async run(subject) {
        const about = subject.unique('thing');
        const watch = await subject.api.watch(subject.core('events'), {
          fieldSelector: `involvedObject.name=${about}`,
        });
        await record(subject, about);
        const event = await watch.next();
        watch.close();
        expect(event).toMatchObject({ type: 'ADDED', object: { involvedObject: { name: about } } });
      },
    },
  ],
};
