import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatObjectKey, type Manifest, objectKeyOf } from '../resource/manifest.ts';
import { lossesOf, planDeletion } from './deletion.ts';

const policy = {
  pruneLast: false,
  propagation: 'background',
  replace: false,
  validate: true,
  skipDryRunOnMissing: false,
  conflicts: 'force',
  respectIgnored: false,
} as const;
const of = (kind: string, name: string, annotations: Record<string, string> = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop', annotations },
});
const wave = (number: number) => ({ 'argocd.argoproj.io/sync-wave': String(number) });
const hook = (phase: string, rest: Record<string, string> = {}) => ({ 'argocd.argoproj.io/hook': phase, ...rest });

/** Stages as `phase (awaits): step | step`, names only. */
const shapeOf = (live: Manifest[], desired: Manifest[] = []): string[] =>
  planDeletion({ live, desired, policy }).stages.map(({ phase, awaitsGone, steps }) => {
    const names = steps.map((step) => step.map((id) => id.split('/').at(-1) ?? '').join(' '));
    return `${phase}${awaitsGone ? ' (awaits)' : ''}: ${names.join(' | ')}`;
  });

describe('planDeletion', () => {
  it.each<[string, Manifest[], Manifest[], string[]]>([
    ['nothing', [], [], []],
    [
      'kind after kind, backwards',
      [of('ConfigMap', 'c'), of('Deployment', 'd'), of('Service', 's')],
      [],
      ['Sync: d | s | c'],
    ],
    [
      'wave after wave backwards, each when the one before is gone',
      [of('ConfigMap', 'first', wave(-1)), of('ConfigMap', 'last', wave(5)), of('ConfigMap', 'mid')],
      [],
      ['Sync: last', 'Sync (awaits): mid', 'Sync (awaits): first'],
    ],
    ['what nobody knows goes first', [of('Deployment', 'd'), of('Widget', 'w')], [], ['Sync: w | d']],
    [
      'hooks before and behind',
      [of('ConfigMap', 'c')],
      [of('Job', 'backup', hook('PreDelete')), of('Job', 'bye', hook('PostDelete'))],
      ['PreDelete: backup@PreDelete', 'Sync: c', 'PostDelete (awaits): bye@PostDelete'],
    ],
    [
      'waves of hooks, of which the first behind awaits that all is gone',
      [of('ConfigMap', 'c')],
      [
        of('Job', 'b', hook('PreDelete', wave(2))),
        of('Job', 'a', hook('PreDelete', wave(1))),
        of('Job', 'y', hook('PostDelete', wave(1))),
        of('Job', 'z', hook('PostDelete', wave(2))),
      ],
      [
        'PreDelete: a@PreDelete',
        'PreDelete: b@PreDelete',
        'Sync: c',
        'PostDelete (awaits): y@PostDelete',
        'PostDelete: z@PostDelete',
      ],
    ],
    [
      'Helm’s hooks',
      [],
      [of('Job', 'pre', { 'helm.sh/hook': 'pre-delete' }), of('Job', 'post', { 'helm.sh/hook': 'post-delete' })],
      ['PreDelete: pre@PreDelete', 'PostDelete (awaits): post@PostDelete'],
    ],
    [
      'no hooks of a sync, though what they left goes',
      [of('Job', 'migrate', hook('PreSync'))],
      [of('Job', 'migrate', hook('PreSync'))],
      ['Sync: migrate'],
    ],
    [
      'what a run of its own hook made is left to the run',
      [of('Job', 'backup', hook('PreDelete')), of('ConfigMap', 'c')],
      [of('Job', 'backup', hook('PreDelete'))],
      ['PreDelete: backup@PreDelete', 'Sync: c'],
    ],
  ])('%s', (_, live, desired, shape) => {
    expect(shapeOf(live, desired)).toEqual(shape);
  });

  it.each([
    [{ 'argocd.argoproj.io/sync-options': 'Prune=false' }, true, ''],
    [{ 'quarterdeck.dev/prune': 'false' }, true, ''],
    [{ 'argocd.argoproj.io/sync-options': 'Delete=false' }, false, 'stays: its sync options say Delete=false'],
    [
      { 'argocd.argoproj.io/sync-options': 'Prune=false, Delete=false' },
      false,
      'stays: its sync options say Delete=false',
    ],
    [{ 'quarterdeck.dev/sync-options': 'Delete=false' }, false, 'stays: its sync options say Delete=false'],
    [{ 'helm.sh/resource-policy': 'keep' }, false, 'stays: helm.sh/resource-policy keeps it'],
    [{ 'helm.sh/resource-policy': 'other' }, true, ''],
  ])('%j', (annotations, selected, note) => {
    const { planned, stages } = planDeletion({ live: [of('ConfigMap', 'c', annotations)], desired: [], policy });
    expect(planned).toMatchObject([{ action: 'prune', selected, note }]);
    expect(stages).toHaveLength(selected ? 1 : 0);
  });

  it('names every object that goes exactly once, whatever it is given', () => {
    const objects = fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom('ConfigMap', 'Deployment', 'Namespace', 'Widget', 'Service'),
        name: fc.stringMatching(/^[a-z]{1,3}$/),
        wave: fc.integer({ min: -3, max: 3 }),
      }),
      { selector: ({ kind, name }) => `${kind}/${name}` },
    );
    fc.assert(
      fc.property(objects, (given) => {
        const live = given.map(({ kind, name, wave: number }) => of(kind, name, wave(number)));
        const { planned, stages } = planDeletion({ live, desired: [], policy });
        const ids = stages.flatMap(({ steps }) => steps.flat());
        expect(ids).toEqual(planned.map(({ id }) => id));
        expect(ids.toSorted()).toEqual(live.map((one) => formatObjectKey(objectKeyOf(one))).toSorted());
        const waves = new Map(given.map(({ kind, name, wave: number }) => [`/${kind}/shop/${name}`, number]));
        const order = ids.map((id) => waves.get(id) ?? 0);
        expect(order).toEqual(order.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe('lossesOf', () => {
  const losses = (...live: Manifest[]) => lossesOf(planDeletion({ live, desired: [], policy }).planned);
  it('names what goes with the objects, and nothing that stays', () => {
    expect(losses(of('ConfigMap', 'c'))).toBe('');
    expect(losses(of('PersistentVolumeClaim', 'data'))).toBe('PersistentVolumeClaim data may delete the data on it');
    expect(losses(of('PersistentVolumeClaim', 'data', { 'helm.sh/resource-policy': 'keep' }))).toBe('');
  });
  it('names five and counts the rest', () => {
    const many = Array.from({ length: 7 }, (_, index) => of('PersistentVolumeClaim', `data-${index}`));
    expect(losses(...many)).toMatch(
      /^(PersistentVolumeClaim data-\d may delete the data on it; ){5}and 2 more like these$/,
    );
  });
});
