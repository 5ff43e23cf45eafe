import { describe, expect, it } from 'vitest';
import { formatObjectKey, type JsonObject, type Manifest, objectKeyOf } from '../resource/manifest.ts';
import { withTracking } from '../resource/tracking.ts';
import { buildPlan, countPlan, type LiveFacts, planDigest, type PlanInput, type PlannedObject } from './plan.ts';
import { guardPrune } from './prune-guard.ts';

const of = (kind: string, name: string, data: JsonObject = { a: '1' }): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop' },
  data,
});
const id = (manifest: Manifest): string => formatObjectKey(objectKeyOf(manifest));
const ours = (manifest: Manifest, app = 'app-1'): Manifest => withTracking(app, manifest);

const POLICY = {
  pruneLast: false,
  propagation: 'background',
  replace: false,
  validate: true,
  skipDryRunOnMissing: false,
  conflicts: 'force',
  respectIgnored: false,
} as const;

function plan(desired: Manifest[], facts: LiveFacts[], change: Partial<PlanInput> = {}): PlannedObject[] {
  const byId = new Map(facts.flatMap((one) => (one.live === null ? [] : [[id(one.live), one] as const])));
  return buildPlan({
    applicationId: 'app-1',
    desired,
    lookup: (key) => byId.get(key) ?? { live: null },
    inventory: [],
    policy: POLICY,
    options: { prune: true },
    ...change,
  });
}
const show = (planned: PlannedObject[]): string[] =>
  planned.map(({ action, key, selected, note, differences }) =>
    [selected ? action : `(${action})`, key.name, ...differences.map(({ path }) => path), note]
      .filter((word) => word !== '')
      .join(' '),
  );

const a = of('ConfigMap', 'a');
const b = of('ConfigMap', 'b');

describe('buildPlan', () => {
  it.each<[string, PlannedObject[], string[]]>([
    ['creates', plan([a], []), ['create a']],
    ['leaves alone', plan([a], [{ live: ours(a), comparison: { verdict: 'equal' } }]), ['unchanged a']],
    [
      'changes by prediction',
      plan([a], [{ live: ours(a), predicted: of('ConfigMap', 'a', { a: '2' }) }]),
      ['change a data.a'],
    ],
    [
      'a prediction beats the local answer',
      plan(
        [a],
        [
          {
            live: ours(a),
            predicted: ours(a),
            comparison: {
              verdict: 'uncertain',
              reason: '',
              differences: [{ path: 'data.a', desired: '1', live: '2' }],
            },
          },
        ],
      ),
      ['unchanged a'],
    ],
    [
      'changes by comparison',
      plan(
        [a],
        [
          {
            live: ours(a),
            comparison: { verdict: 'different', differences: [{ path: 'data.a', desired: '1', live: '2' }] },
          },
        ],
      ),
      ['change a data.a'],
    ],
    [
      'takes over what nobody owns',
      plan([a], [{ live: a, comparison: { verdict: 'equal' } }]),
      ['change a takes over an object that no application owned'],
    ],
    [
      'a copied annotation owns nothing',
      plan(
        [a],
        [
          {
            live: {
              ...a,
              metadata: { ...a.metadata, annotations: { 'quarterdeck.dev/tracking-id': 'app-2:/ConfigMap/shop/z' } },
            },
          },
        ],
      ),
      ['change a takes over an object that no application owned'],
    ],
    [
      'another application owns it',
      plan([a], [{ live: ours(a, 'app-2') }]),
      ['(conflict) a belongs to application app-2; remove it from one of the two'],
    ],
    [
      'prunes what is in the inventory and tracked',
      plan([a], [{ live: ours(b) }], { inventory: [id(a), id(b), id(b)] }),
      ['create a', 'prune b'],
    ],
    ['not what is only tracked', plan([], [{ live: ours(b) }]), []],
    ['not what is only in the inventory', plan([], [{ live: b }], { inventory: [id(b)] }), []],
    ['not what another application took', plan([], [{ live: ours(b, 'app-2') }], { inventory: [id(b)] }), []],
    ['not what is gone', plan([], [], { inventory: [id(b), 'nonsense'] }), []],
    [
      'not what is going',
      plan([], [{ live: { ...ours(b), metadata: { ...ours(b).metadata, deletionTimestamp: 'x' } } }], {
        inventory: [id(b)],
      }),
      [],
    ],
    [
      'shows what pruning would take when it is off',
      plan([], [{ live: ours(b) }], { inventory: [id(b)], options: { prune: false } }),
      ['(prune) b pruning is off'],
    ],
    [
      'only the chosen',
      plan([a, b], [], { options: { prune: true, resources: [id(b)] } }),
      ['(create) a not chosen', 'create b'],
    ],
    [
      'order of applying, prunes last and backwards',
      plan(
        [of('Deployment', 'web'), of('Secret', 's')],
        [{ live: ours(of('ConfigMap', 'c')) }, { live: ours(of('Service', 'd')) }],
        { inventory: [id(of('ConfigMap', 'c')), id(of('Service', 'd'))] },
      ),
      ['create s', 'create web', 'prune d', 'prune c'],
    ],
    [
      'hooks of other moments are no part',
      plan([{ ...a, metadata: { ...a.metadata, annotations: { 'helm.sh/hook': 'test' } } }], []),
      [],
    ],
  ])('%s', (_name, planned, expected) => expect(show(planned)).toEqual(expected));

  it.each([
    'quarterdeck.dev/prune=false',
    'argocd.argoproj.io/sync-options=Replace=true,Prune=false',
    'helm.sh/resource-policy=keep',
  ])('keeps what says %s', (text) => {
    const [name = '', ...value] = text.split('=');
    const kept = ours({ ...b, metadata: { ...b.metadata, annotations: { [name]: value.join('=') } } });
    expect(show(plan([], [{ live: kept }], { inventory: [id(b)] }))).toEqual(['(prune) b the object asks to be kept']);
  });

  it('prunes what asks to be confirmed only where a person names it', () => {
    const annotations = { 'argocd.argoproj.io/sync-options': 'Prune=confirm' };
    const asking = ours({ ...b, metadata: { ...b.metadata, annotations } });
    const shown = (confirmed?: string[]) =>
      show(
        plan([], [{ live: asking }], {
          inventory: [id(b)],
          options: { prune: true, ...(confirmed ? { confirmed } : {}) },
        }),
      );
    expect(shown()).toEqual(['(prune) b asks to be confirmed before it is pruned']);
    expect(shown([id(a)])).toEqual(['(prune) b asks to be confirmed before it is pruned']);
    expect(shown([id(b)])).toEqual(['prune b']);
  });

  describe('with hooks', () => {
    const hook = (name: string, phases: string): Manifest => {
      const manifest = of('Job', name);
      return { ...manifest, metadata: { ...manifest.metadata, annotations: { 'argocd.argoproj.io/hook': phases } } };
    };
    const all = [a, hook('both', 'PreSync,PostSync'), hook('undo', 'SyncFail'), hook('never', 'Skip')];
    const ids = (planned: PlannedObject[]) => planned.map(({ action, phase, id }) => `${action} ${phase} ${id}`);

    it('runs each at its moments, in order', () => {
      expect(ids(plan(all, []))).toEqual([
        'hook PreSync /Job/shop/both@PreSync',
        'create Sync /ConfigMap/shop/a',
        'hook PostSync /Job/shop/both@PostSync',
        'hook SyncFail /Job/shop/undo@SyncFail',
      ]);
      expect(countPlan(plan(all, []))).toMatchObject({ create: 1, hook: 3 });
    });

    it.each<[string, PlanInput['options']]>([
      ['when they are left out', { prune: true, hooks: false }],
      ['when objects are chosen', { prune: true, resources: [id(a)] }],
    ])('runs none %s', (_when, options) => {
      expect(ids(plan(all, [], { options }))).toEqual(['create Sync /ConfigMap/shop/a']);
    });

    it('never prunes what a hook left', () => {
      const left = ours(hook('old', 'PreSync'));
      expect(plan([a], [{ live: left }], { inventory: [id(left)] }).map(({ action }) => action)).toEqual(['create']);
    });
  });

  it('counts', () => {
    expect(countPlan(plan([a, b], [{ live: ours(b, 'app-2') }], { options: { prune: false } }))).toEqual({
      create: 1,
      change: 0,
      prune: 0,
      unchanged: 0,
      conflict: 1,
      hook: 0,
    });
  });
});

describe('planDigest', () => {
  const same = (text: string): string => text;
  const changed = (to: string): PlannedObject[] =>
    plan([a, b], [{ live: ours(a), predicted: of('ConfigMap', 'a', { a: to }) }]);
  it('is the same for the same acts in any order', () => {
    expect(planDigest(changed('2'), same)).toBe(planDigest(changed('2').toReversed(), same));
  });
  it('changes with an object, an action or a value, not with what stays as it is', () => {
    const base = planDigest(changed('2'), same);
    expect(planDigest(changed('3'), same)).not.toBe(base);
    expect(planDigest(changed('2').slice(1), same)).not.toBe(base);
    const more = plan(
      [a, b, of('ConfigMap', 'c')],
      [
        { live: ours(a), predicted: of('ConfigMap', 'a', { a: '2' }) },
        { live: ours(of('ConfigMap', 'c')), comparison: { verdict: 'equal' } },
      ],
    );
    expect(planDigest(more, same)).toBe(base);
  });
});

describe('guardPrune', () => {
  const planned = (prune: Manifest[], keep: Manifest[]): PlannedObject[] =>
    plan(
      keep,
      [...prune, ...keep].map((manifest) => ({ live: ours(manifest), comparison: { verdict: 'equal' as const } })),
      { inventory: prune.map(id) },
    );
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => of('ConfigMap', name));
  it.each<[string, PlannedObject[], Parameters<typeof guardPrune>[1], string[]]>([
    ['nothing to prune', planned([], many), { allowEmpty: false }, []],
    ['some', planned(many.slice(0, 2), many.slice(2)), { allowEmpty: false }, []],
    ['more than half', planned(many.slice(0, 3), many.slice(3)), { allowEmpty: false }, ['majority']],
    ['exactly half', planned(many.slice(0, 2), many.slice(2, 4)), { allowEmpty: false }, []],
    ['one of one', planned(many.slice(0, 1), []), { allowEmpty: false }, ['everything']],
    ['everything', planned(many, []), { allowEmpty: false }, ['everything']],
    ['everything, allowed', planned(many, []), { allowEmpty: true }, []],
    [
      'everything while new ones come',
      [...planned(many, []), ...plan([of('ConfigMap', 'new')], [])],
      { allowEmpty: false },
      ['everything'],
    ],
    ['a volume claim', planned([of('PersistentVolumeClaim', 'data')], many), { allowEmpty: false }, ['dangerous-kind']],
    [
      'a volume claim, even where empty is allowed',
      planned([of('PersistentVolumeClaim', 'data')], many),
      { allowEmpty: true },
      ['dangerous-kind'],
    ],
    [
      'a volume claim, named',
      planned([of('PersistentVolumeClaim', 'data')], many),
      { allowEmpty: false, confirmed: ['data'] },
      [],
    ],
    [
      'two, one named',
      planned([of('StatefulSet', 'db'), of('CustomResourceDefinition', 'x')], many),
      { allowEmpty: false, confirmed: ['db'] },
      ['dangerous-kind'],
    ],
  ])('%s', (_name, given, guard, codes) => {
    const refusals = guardPrune(given, guard);
    expect(refusals.map(({ code }) => code)).toEqual(codes);
    for (const refusal of refusals) {
      expect(refusal.message).toMatch(/^(Would delete|Deleting) /);
      expect(refusal.objects.length).toBeGreaterThan(0);
      expect(refusal.confirmation === '').toBe(refusal.code !== 'dangerous-kind');
    }
  });
});
