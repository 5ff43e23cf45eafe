import { expect } from 'vitest';
import { at, textAt, type WatchLine, type WatchStream } from '../../controlplane/api-client.ts';
import { DEFINITIONS, establish } from '../custom.ts';
import { type ContractTopic, created, failure, ok, type Subject, version } from '../subject.ts';

const called = (name: string) => (event: WatchLine) => textAt(event.object, 'metadata.name') === name;

/** Opens a watch for the ConfigMaps of the namespace, hands it to `use`, and closes it whatever happens. */
async function watching(
  { api, core }: Subject,
  query: Record<string, string | number | boolean>,
  use: (watch: WatchStream) => Promise<void>,
): Promise<void> {
  const watch = await api.watch(core('configmaps'), query);
  try {
    expect(watch.status).toBe(200);
    await use(watch);
  } finally {
    watch.close();
  }
}

const label = (subject: Subject, name: string, labels: Record<string, string | null>) =>
  subject.api.patch(subject.core('configmaps', name), { type: 'merge', body: { metadata: { labels } } });

/** Following changes without missing one. */
export const watchTopic: ContractTopic = {
  topic: 'watch',
  cases: [
    {
      name: 'from the resourceVersion of a list: ADDED, MODIFIED and DELETED in order',
      async run(subject) {
        const { api, core, read, unique, newConfigMap } = subject;
        const resourceVersion = version(await read(core('configmaps')));
        const name = unique('story');
        const first = await newConfigMap(name, { data: { a: '1' } });
        const second = ok(await api.patch(core('configmaps', name), { type: 'merge', body: { data: { a: '2' } } }));
        ok(await api.remove(core('configmaps', name)));
        await watching(subject, { resourceVersion }, async (watch) => {
          expect(await watch.next()).toEqual({ type: 'ADDED', object: first });
          expect(await watch.next()).toEqual({ type: 'MODIFIED', object: second });
          const last = await watch.next();
          expect(last).toMatchObject({ type: 'DELETED', object: { data: { a: '2' } } });
          expect(BigInt(version(last.object))).toBeGreaterThan(BigInt(version(second)));
        });
      },
    },
    {
      name: 'events of a watch that is open arrive as they happen',
      async run(subject) {
        const name = subject.unique('live');
        const resourceVersion = version(await subject.read(subject.core('configmaps')));
        await watching(subject, { resourceVersion }, async (watch) => {
          const stored = await subject.newConfigMap(name);
          expect(await watch.next(called(name))).toEqual({ type: 'ADDED', object: stored });
        });
      },
    },
    {
      name: 'from resourceVersion=0: what is there comes first, as ADDED',
      async run(subject) {
        const name = subject.unique('present');
        await subject.newConfigMap(name);
        await watching(subject, { resourceVersion: '0' }, async (watch) => {
          expect((await watch.next(called(name))).type).toBe('ADDED');
        });
      },
    },
    {
      name: 'without a resourceVersion: what is there comes first, as ADDED',
      async run(subject) {
        const name = subject.unique('present');
        await subject.newConfigMap(name);
        await watching(subject, {}, async (watch) => {
          expect((await watch.next(called(name))).type).toBe('ADDED');
        });
      },
    },
    {
      name: 'sendInitialEvents ends with a bookmark that says so',
      async run(subject) {
        const name = subject.unique('present');
        await subject.newConfigMap(name);
        const query = {
          sendInitialEvents: true,
          allowWatchBookmarks: true,
          resourceVersionMatch: 'NotOlderThan',
        };
        await watching(subject, query, async (watch) => {
          expect((await watch.next(called(name))).type).toBe('ADDED');
          const bookmark = await watch.next((event) => event.type === 'BOOKMARK');
          expect(bookmark.object).toMatchObject({
            kind: 'ConfigMap',
            metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
          });
          expect(version(bookmark.object)).toMatch(/^[1-9]\d*$/);
        });
      },
    },
    {
      name: 'sendInitialEvents without resourceVersionMatch is 422',
      async run({ api, core }) {
        const query = { watch: true, sendInitialEvents: true, allowWatchBookmarks: true };
        failure(await api.get(core('configmaps'), query), 422, 'Invalid');
      },
    },
    {
      name: 'bookmarks carry a resourceVersion and nothing else',
      async run(subject) {
        const { unique, newConfigMap } = subject;
        const stored = await newConfigMap(unique('marked'));
        const query = {
          allowWatchBookmarks: true,
          resourceVersion: version(stored),
          fieldSelector: 'metadata.name=nobody',
          timeoutSeconds: 4,
        };
        await watching(subject, query, async (watch) => {
          const later = await newConfigMap(unique('unseen'));
          const { type, object } = await watch.next();
          expect({ type, object }).toMatchObject({ type: 'BOOKMARK', object: { kind: 'ConfigMap', apiVersion: 'v1' } });
          expect(BigInt(version(object))).toBeGreaterThanOrEqual(BigInt(version(later)));
          expect(textAt(object, 'metadata.name')).toBe('');
        });
      },
    },
    {
      name: 'from a resourceVersion too old: an ERROR event with 410',
      needs: 'expiry',
      async run(subject) {
        const widgets = await establish(subject, { type: 'object' });
        created(await subject.api.create(widgets.path(), widgets.object('some')));
        await subject.target.expireHistory?.();
        const watch = await subject.api.watch(widgets.path(), { resourceVersion: '1' });
        expect(await watch.next()).toMatchObject({
          type: 'ERROR',
          object: { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 },
        });
        await watch.ended;
        ok(await subject.api.remove(`${DEFINITIONS}/${widgets.definition}`));
      },
    },
    {
      name: 'a resourceVersion that is no number is refused',
      async run({ api, core }) {
        const reply = await api.get(core('configmaps'), { watch: true, resourceVersion: 'yesterday' });
        expect(reply.status).toBeGreaterThanOrEqual(400);
        expect(reply.json).toMatchObject({ kind: 'Status', status: 'Failure' });
      },
    },
    {
      name: 'timeoutSeconds ends the stream',
      async run(subject) {
        const started = Date.now();
        await watching(subject, { resourceVersion: '0', timeoutSeconds: 1 }, async (watch) => {
          await watch.ended;
          expect(watch.events.every((event) => event.type === 'ADDED')).toBe(true);
        });
        expect(Date.now() - started).toBeLessThan(10_000);
      },
    },
    {
      name: 'an object that begins to match a label selector is ADDED, one that stops is DELETED',
      async run(subject) {
        const name = subject.unique('turncoat');
        const stored = await subject.newConfigMap(name);
        const query = { labelSelector: 'side=ours', resourceVersion: version(stored) };
        await watching(subject, query, async (watch) => {
          ok(await label(subject, name, { side: 'ours' }));
          expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
          ok(await label(subject, name, { extra: 'yes' }));
          expect(await watch.next()).toMatchObject({ type: 'MODIFIED', object: { metadata: { name } } });
          const gone = ok(await label(subject, name, { side: 'theirs' }));
          const last = await watch.next();
          expect(last).toMatchObject({ type: 'DELETED', object: { metadata: { labels: { side: 'ours' } } } });
          expect(version(last.object)).toBe(version(gone));
          ok(await subject.api.remove(subject.core('configmaps', name)));
          const fence = subject.unique('fence');
          await subject.newConfigMap(fence, { metadata: { labels: { side: 'ours' } } });
          expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: fence } } });
        });
      },
    },
    {
      name: 'a field selector narrows a watch to one object',
      async run(subject) {
        const name = subject.unique('single');
        await watching(subject, { fieldSelector: `metadata.name=${name}` }, async (watch) => {
          await subject.newConfigMap(subject.unique('noise'));
          await subject.newConfigMap(name);
          expect(await watch.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name } } });
          expect(watch.events).toHaveLength(1);
        });
      },
    },
    {
      name: 'all namespaces at once',
      async run({ api, ns, unique, newConfigMap }) {
        const marker = unique('wide');
        const watch = await api.watch('/api/v1/configmaps', { labelSelector: `marker=${marker}` });
        await newConfigMap(marker, { metadata: { labels: { marker } } });
        const event = await watch.next(called(marker));
        watch.close();
        expect(at(event.object, 'metadata.namespace')).toBe(ns);
      },
    },
    {
      name: 'a change that changes nothing is no event',
      async run(subject) {
        const name = subject.unique('still');
        const stored = await subject.newConfigMap(name, { data: { a: '1' } });
        await watching(subject, { resourceVersion: version(stored) }, async (watch) => {
          const { api, core } = subject;
          ok(await api.patch(core('configmaps', name), { type: 'merge', body: { data: { a: '1' } } }));
          const fence = subject.unique('fence');
          await subject.newConfigMap(fence);
          await watch.next(called(fence));
          expect(watch.events.filter(called(name))).toEqual([]);
        });
      },
    },
    {
      name: 'a dry run is no event',
      async run(subject) {
        const { api, core, read, unique, newConfigMap } = subject;
        const name = unique('imagined');
        await watching(subject, { resourceVersion: version(await read(core('configmaps'))) }, async (watch) => {
          await api.create(core('configmaps'), { metadata: { name } }, { dryRun: 'All' });
          const fence = unique('fence');
          await newConfigMap(fence);
          await watch.next(called(fence));
          expect(watch.events.filter(called(name))).toEqual([]);
        });
      },
    },
  ],
};
