import type { Manifest } from '../resource/manifest.ts';

/** How a deletion goes on to what an object owns, in the words of the API. */
export const PROPAGATIONS = ['background', 'foreground', 'orphan'] as const;
export type Propagation = (typeof PROPAGATIONS)[number];

/** Fields that somebody else manages are taken over, or a person is asked first. */
export const CONFLICTS = ['force', 'ask'] as const;
export type Conflicts = (typeof CONFLICTS)[number];

/** `confirm`: only where a person names the object. */
export type Leave = 'yes' | 'no' | 'confirm';

/** What an application says for all its objects; an object's own words win. */
export interface PolicyOptions {
  pruneLast: boolean;
  propagation: Propagation;
  replace: boolean;
  validate: boolean;
  skipDryRunOnMissing: boolean;
  conflicts: Conflicts;
  /** Fields that an ignore rule hides stay as they are live. */
  respectIgnored: boolean;
}

/** What may be done to one object, and how. */
export interface SyncOptions extends PolicyOptions {
  /** Deleted when Git no longer has it. */
  prune: Leave;
  /** Deleted with its application. */
  delete: Leave;
  /** Deleted and made anew where the cluster refuses to change it. */
  force: boolean;
  /** What was applied from the client's side before becomes ours, with the removals that Git asks for. */
  migrates: boolean;
}

const LISTS = ['argocd.argoproj.io/sync-options', 'quarterdeck.dev/sync-options'] as const;

/** Words of Argo CD that are about the whole application, or are what is always done here. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'ApplyOutOfSyncOnly',
  'CreateNamespace',
  'FailOnSharedResource',
  'ServerSideApply',
]);

const LEAVES: Readonly<Record<string, Leave>> = { true: 'yes', false: 'no', confirm: 'confirm' };
const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Every word understood, as the change it makes; undefined for what nobody knows. */
const WORDS: Readonly<Record<string, (value: string) => Partial<SyncOptions> | undefined>> = {
  Prune: (value) => leave(value, (prune) => ({ prune })),
  Delete: (value) => leave(value, (deletes) => ({ delete: deletes })),
  PruneLast: (value) => flag(value, (pruneLast) => ({ pruneLast })),
  PrunePropagationPolicy: (value) => {
    const propagation = PROPAGATIONS.find((known) => known === value);
    return propagation && { propagation };
  },
  Replace: (value) => flag(value, (replace) => ({ replace })),
  Force: (value) => flag(value, (force) => ({ force })),
  Validate: (value) => flag(value, (validate) => ({ validate })),
  Conflicts: (value) => {
    const conflicts = CONFLICTS.find((known) => known === value);
    return conflicts && { conflicts };
  },
  RespectIgnoreDifferences: (value) => flag(value, (respectIgnored) => ({ respectIgnored })),
  ClientSideApplyMigration: (value) => flag(value, (migrates) => ({ migrates })),
  SkipDryRunOnMissingResource: (value) => flag(value, (skipDryRunOnMissing) => ({ skipDryRunOnMissing })),
};

/**
 * The options of one object: its annotations in Argo CD's words, then the same under our prefix, over what the
 * application says. Helm's `keep` keeps it. `unknown` holds the words nobody knows, as they stand.
 */
export function syncOptionsOf(manifest: Manifest, policy: PolicyOptions): { options: SyncOptions; unknown: string[] } {
  const annotations = manifest.metadata.annotations ?? {};
  const keeps = annotations['helm.sh/resource-policy'] === 'keep';
  const kept: Leave = keeps ? 'no' : 'yes';
  let options: SyncOptions = {
    ...policy,
    force: false,
    migrates: true,
    prune: isKept(annotations) ? 'no' : kept,
    delete: kept,
  };
  const unknown: string[] = [];
  for (const word of LISTS.flatMap((name) => wordsOf(annotations[name]))) {
    const [name = '', value = ''] = word.split('=');
    if (WITHOUT_EFFECT.has(name)) continue;
    const change = Object.hasOwn(WORDS, name) ? WORDS[name]?.(value) : undefined;
    if (change === undefined) unknown.push(word);
    else options = { ...options, ...change };
  }
  return { options, unknown };
}

function isKept(annotations: Readonly<Record<string, unknown>>): boolean {
  return (
    annotations['quarterdeck.dev/prune'] === 'false' || annotations['kustomize.toolkit.fluxcd.io/prune'] === 'disabled'
  );
}

function wordsOf(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function leave(value: string, change: (leave: Leave) => Partial<SyncOptions>): Partial<SyncOptions> | undefined {
  const known = Object.hasOwn(LEAVES, value) ? LEAVES[value] : undefined;
  return known && change(known);
}

function flag(value: string, change: (on: boolean) => Partial<SyncOptions>): Partial<SyncOptions> | undefined {
  const known = Object.hasOwn(FLAGS, value) ? FLAGS[value] : undefined;
  return known === undefined ? undefined : change(known);
}

const IMMUTABLE =
  /immutable|may not (change|be (changed|updated))|cannot be (changed|updated)|updates? to .* (is|are) forbidden|forbidden: updates/i;

/** Whether the cluster refuses a change because of a field that only a new object can have otherwise. `words` are the server's. */
export function needsNewObject(words: string): boolean {
  return IMMUTABLE.test(words);
}
