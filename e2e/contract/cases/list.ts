import { expect } from 'vitest';
import { at, eventually, itemsAt, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, configMap, created, failure, names, ok, type Subject, version } from '../subject.ts';

const SHADES = { red: { shade: 'red', tier: 'front' }, blue: { shade: 'blue', tier: 'front' }, none: { tier: 'back' } };

/** Three ConfigMaps of a group of their own: `red` and `blue` in the front, `none` in the back without a shade. */
async function shades({ unique, newConfigMap }: Subject): Promise<string> {
  const group = unique('group');
  for (const [name, labels] of Object.entries(SHADES))
    await newConfigMap(`${group}-${name}`, { metadata: { labels: { group, ...labels } } });
  return group;
}

const SELECTORS: [selector: string, expected: string[]][] = [
  ['shade=red', ['red']],
  ['shade==red', ['red']],
  ['shade!=red', ['blue', 'none']],
  ['shade in (red,blue)', ['blue', 'red']],
  ['shade notin (red)', ['blue', 'none']],
  ['shade', ['blue', 'red']],
  ['!shade', ['none']],
  ['tier=front,shade!=red', ['blue']],
];

/** Finding objects: selectors, pages, and lists across namespaces. */
export const listTopic: ContractTopic = {
  topic: 'list',
  cases: [
    {
      name: 'answers a typed list with its own resourceVersion',
      async run({ core, ns, read, unique, newConfigMap }) {
        const stored = await newConfigMap(unique('one'));
        const list = await read(core('configmaps'));
        expect(list).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
        expect(BigInt(version(list))).toBeGreaterThanOrEqual(BigInt(version(stored)));
        expect(itemsAt(list, 'items').every((item) => at(item, 'metadata.namespace') === ns)).toBe(true);
      },
    },
    {
      name: 'items carry neither kind nor apiVersion',
      async run({ core, read, unique, newConfigMap }) {
        await newConfigMap(unique('bare'));
        const [item] = itemsAt(await read(core('configmaps')), 'items');
        expect(item).toHaveProperty('metadata.name');
        expect(item).not.toHaveProperty('kind');
      },
    },
    {
      name: 'nothing found is an empty array',
      async run({ api, core }) {
        expect(ok(await api.get(core('services')))['items']).toEqual([]);
      },
    },
    {
      name: 'items come in the order of their names',
      async run({ api, core, unique, newConfigMap }) {
        const prefix = unique('sorted');
        for (const letter of ['c', 'a', 'b'])
          await newConfigMap(`${prefix}-${letter}`, { metadata: { labels: { sorted: prefix } } });
        const list = ok(await api.get(core('configmaps'), { labelSelector: `sorted=${prefix}` }));
        expect(names(list)).toEqual([`${prefix}-a`, `${prefix}-b`, `${prefix}-c`]);
      },
    },
    ...SELECTORS.map(([selector, expected]) => ({
      name: `label selector ${selector}`,
      async run(subject: Subject) {
        const group = await shades(subject);
        const query = { labelSelector: `group=${group},${selector}` };
        const list = ok(await subject.api.get(subject.core('configmaps'), query));
        expect(names(list)).toEqual(expected.map((name) => `${group}-${name}`));
      },
    })),
    {
      name: 'a label selector nobody can read is 400',
      async run({ api, core }) {
        failure(await api.get(core('configmaps'), { labelSelector: 'a in (' }), 400, 'BadRequest');
      },
    },
    {
      name: 'field selector metadata.name',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('chosen');
        await newConfigMap(name);
        const list = async (fieldSelector: string) => names(ok(await api.get(core('configmaps'), { fieldSelector })));
        expect(await list(`metadata.name=${name}`)).toEqual([name]);
        expect(await list(`metadata.name!=${name}`)).not.toContain(name);
      },
    },
    {
      name: 'a field nobody selects by is 400',
      async run({ api, core }) {
        const status = failure(await api.get(core('configmaps'), { fieldSelector: 'data.a=1' }), 400, 'BadRequest');
        expect(status['message']).toContain('is not a known field selector');
      },
    },
    {
      name: 'field selector type of Secrets',
      async run({ api, core, unique }) {
        const name = unique('typed');
        created(await api.create(core('secrets'), { metadata: { name }, type: 'example.org/mine' }));
        const list = ok(await api.get(core('secrets'), { fieldSelector: 'type=example.org/mine' }));
        expect(names(list)).toEqual([name]);
      },
    },
    {
      name: 'limit and continue walk every item once, at one resourceVersion',
      async run(subject) {
        const group = await shades(subject);
        const { api, core } = subject;
        const query = { labelSelector: `group=${group}`, limit: 2 };
        const first = ok(await api.get(core('configmaps'), query));
        expect(names(first)).toEqual([`${group}-blue`, `${group}-none`]);
        const token = textAt(first, 'metadata.continue');
        expect(token).not.toBe('');
        const late = configMap(`${group}-zz`, { metadata: { labels: { group } } });
        created(await api.create(core('configmaps'), late));
        const second = ok(await api.get(core('configmaps'), { ...query, continue: token }));
        expect(names(second)).toEqual([`${group}-red`]);
        expect(version(second)).toBe(version(first));
        expect(textAt(second, 'metadata.continue')).toBe('');
      },
    },
    {
      name: 'a limited list without selector counts what remains',
      async run(subject) {
        await shades(subject);
        const all = names(await subject.read(subject.core('configmaps'))).length;
        const page = ok(await subject.api.get(subject.core('configmaps'), { limit: 2 }));
        expect(at(page, 'metadata.remainingItemCount')).toBe(all - 2);
      },
    },
    {
      name: 'a limit beyond the end needs no continue token',
      async run(subject) {
        const group = await shades(subject);
        const query = { labelSelector: `group=${group}`, limit: 500 };
        const page = ok(await subject.api.get(subject.core('configmaps'), query));
        expect(names(page)).toHaveLength(3);
        expect(textAt(page, 'metadata.continue')).toBe('');
      },
    },
    {
      name: 'a continue token nobody wrote is 400',
      async run({ api, core }) {
        failure(await api.get(core('configmaps'), { limit: 1, continue: 'nonsense' }), 400, 'BadRequest');
      },
    },
    {
      name: 'a continue token of expired history is 410 with a token to go on with',
      needs: 'expiry',
      async run(subject) {
        const group = await shades(subject);
        const { api, core, target, newConfigMap, unique } = subject;
        const query = { labelSelector: `group=${group}`, limit: 1 };
        const first = ok(await api.get(core('configmaps'), query));
        await newConfigMap(unique('later'));
        await target.expireHistory?.();
        const next = { ...query, continue: textAt(first, 'metadata.continue') };
        const late = await eventually('the token has expired', async () => {
          const reply = await api.get(core('configmaps'), next);
          return reply.status !== 200 && reply;
        });
        const status = failure(late, 410, 'Expired');
        const fresh = textAt(status, 'metadata.continue');
        const second = ok(await api.get(core('configmaps'), { ...query, continue: fresh }));
        expect(names(second)).toEqual([`${group}-none`]);
      },
    },
    {
      name: 'all namespaces at once',
      async run({ api, ns, unique, newConfigMap }) {
        const marker = unique('wide');
        await newConfigMap(marker, { metadata: { labels: { marker } } });
        const other = configMap(`${ns}-${marker}`, { metadata: { labels: { marker, where: ns } } });
        created(await api.create('/api/v1/namespaces/default/configmaps', other));
        const list = ok(await api.get('/api/v1/configmaps', { labelSelector: `marker=${marker}` }));
        expect(itemsAt(list, 'items').map((item) => textAt(item, 'metadata.namespace'))).toEqual(
          expect.arrayContaining([ns, 'default']),
        );
        ok(await api.remove(`/api/v1/namespaces/default/configmaps/${ns}-${marker}`));
      },
    },
    {
      name: 'field selector metadata.namespace narrows a list of all namespaces',
      async run({ api, ns, unique, newConfigMap }) {
        const name = unique('here');
        await newConfigMap(name);
        const list = ok(await api.get('/api/v1/configmaps', { fieldSelector: `metadata.namespace=${ns}` }));
        expect(names(list)).toContain(name);
        expect(new Set(itemsAt(list, 'items').map((item) => at(item, 'metadata.namespace')))).toEqual(new Set([ns]));
      },
    },
    {
      name: 'resourceVersion=0 answers a list too',
      async run({ api, core }) {
        expect(ok(await api.get(core('configmaps'), { resourceVersion: '0' }))['kind']).toBe('ConfigMapList');
      },
    },
    {
      name: 'an object may be read at no older than a resourceVersion',
      async run({ api, core, unique, newConfigMap }) {
        const name = unique('recent');
        const stored = await newConfigMap(name);
        const reply = await api.get(core('configmaps', name), { resourceVersion: version(stored) });
        expect(version(ok(reply))).toBe(version(stored));
      },
    },
  ],
};
