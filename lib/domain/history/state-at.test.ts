import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { Manifest } from '../resource/manifest.ts';
import { type PastDrift, stateAt, stateYaml } from './state-at.ts';

const WEB = 'apps/Deployment/shop/web';
const CONFIG = '/ConfigMap/shop/config';
const web: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { replicas: 2, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
};
const config: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'config', namespace: 'shop' },
  data: { mode: 'calm' },
};
const deployed = [
  { key: WEB, body: web },
  { key: CONFIG, body: config },
];
const drift = (parts: Partial<PastDrift> = {}): PastDrift => ({
  objectKey: WEB,
  path: 'spec.replicas',
  kind: 'changed',
  live: 5,
  firstSeenAt: 100,
  lastSeenAt: 100,
  closedAt: null,
  count: 1,
  ...parts,
});
const nobody: ReadonlySet<string> = new Set();
const webAt = (at: number, drifts: PastDrift[], disturbed = nobody) => {
  const [first] = stateAt({ at, deployed, drifts, disturbed });
  return { origin: first?.origin, replicas: replicasOf(first?.text ?? ''), note: first?.note };
};
function replicasOf(text: string): unknown {
  return text === '' ? undefined : parse(text).spec.replicas;
}

describe('an object at a moment', () => {
  test.each([
    ['before the drift', 99, drift(), 'deployed', 2],
    ['as the drift is first seen', 100, drift(), 'drifted', 5],
    ['while it stands open', 500, drift(), 'drifted', 5],
    ['before it closes', 199, drift({ closedAt: 200 }), 'drifted', 5],
    ['as it closes', 200, drift({ closedAt: 200 }), 'deployed', 2],
    ['between two values of it', 150, drift({ count: 2, lastSeenAt: 200 }), 'unsure', 5],
    ['after the last of its values', 200, drift({ count: 2, lastSeenAt: 200 }), 'drifted', 5],
    ['seen anew with the same value', 150, drift({ count: 1, lastSeenAt: 200 }), 'drifted', 5],
    ['with the field taken out', 150, drift({ live: undefined }), 'drifted', undefined],
    ['while it is missing', 150, drift({ path: '', kind: 'missing', live: undefined }), 'missing', undefined],
    ['with a path nobody can read', 150, drift({ path: '[[' }), 'unsure', 2],
  ])('%s', (_, at, one, origin, replicas) => {
    expect(webAt(at, [one])).toMatchObject({ origin, replicas });
  });

  test('it is unsure where an operation wrote without deploying everything', () => {
    expect(webAt(150, [], new Set([WEB]))).toMatchObject({ origin: 'unsure', replicas: 2 });
  });

  test('an item of a list is changed by its name', () => {
    const path = 'spec.template.spec.containers[name=web].image';
    const [first] = stateAt({ at: 150, deployed, drifts: [drift({ path, live: 'web:2' })], disturbed: nobody });
    expect(first?.text).toContain('image: web:2');
    expect(first?.note).toBe(`Drift in ${path}.`);
  });
});

test('other objects stay as deployed, and what Git did not have is named without a manifest', () => {
  const extra = drift({ objectKey: '/Secret/shop/old', path: '', kind: 'extra', live: undefined });
  const found = stateAt({ at: 150, deployed, drifts: [extra, drift()], disturbed: new Set(['/Service/shop/web']) });
  expect(found.map(({ key, origin, text }) => [key, origin, text !== ''])).toEqual([
    [WEB, 'drifted', true],
    [CONFIG, 'deployed', true],
    ['/Secret/shop/old', 'extra', false],
    ['/Service/shop/web', 'unsure', false],
  ]);
});

describe('the YAML of a state', () => {
  test('holds a document for each manifest and only comments for the rest', () => {
    const missing = drift({ path: '', kind: 'missing', live: undefined });
    const text = stateYaml(stateAt({ at: 150, deployed, drifts: [missing], disturbed: nobody }), ['shop\nkind: Trap']);
    const documents = parseAllDocuments(text).map((document) => document.toJS());
    expect(documents).toEqual([config]);
    expect(text).toContain(`# ${WEB}: missing. It was missing from the cluster.\n`);
    expect(text).toContain('# shop kind: Trap\n');
  });

  test('reads back as what was deployed, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string({ minLength: 1 }), { minKeys: 1 }),
        (data) => {
          const body = { ...config, data };
          const objects = stateAt({ at: 1, deployed: [{ key: CONFIG, body }], drifts: [], disturbed: nobody });
          const [only, ...more] = parseAllDocuments(stateYaml(objects, ['head']));
          expect(more).toEqual([]);
          expect(only?.toJS()).toEqual({ ...body, data: { ...data } });
        },
      ),
    );
  });
});
