import type { Manifest } from './manifest.ts';

/** When a hook runs, in Argo CD's words. `Skip` is never run; the two around a deletion run when the application is deleted. */
export const HOOK_PHASES = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete', 'Skip'] as const;
export type HookPhase = (typeof HOOK_PHASES)[number];

export const HOOK_DELETE_POLICIES = ['BeforeHookCreation', 'HookSucceeded', 'HookFailed'] as const;
export type HookDeletePolicy = (typeof HOOK_DELETE_POLICIES)[number];

/** An object that is run at a moment of an operation instead of being kept as Git has it. */
export interface Hook {
  phases: HookPhase[];
  deletePolicies: HookDeletePolicy[];
}

const OWN = 'quarterdeck.dev/hook';
const ARGO = 'argocd.argoproj.io/hook';
const HELM = 'helm.sh/hook';

/** Helm's moments as Argo CD maps them; those of `helm test` and `helm rollback` never come. */
const HELM_PHASES: Readonly<Record<string, HookPhase>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
  'pre-delete': 'PreDelete',
  'post-delete': 'PostDelete',
};
const HELM_POLICIES: Readonly<Record<string, HookDeletePolicy>> = {
  'before-hook-creation': 'BeforeHookCreation',
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
};

/**
 * What makes an object a hook: our annotation, else Argo CD's, else Helm's. Null for what is kept as Git has it, a Helm
 * `crd-install` among it. Words that nobody knows make a hook that never runs: applying it as a plain object would be a guess.
 */
export function hookOf(manifest: Manifest): Hook | null {
  return hookOfAnnotations(manifest.metadata.annotations);
}

/** The same of the annotations alone, which may be anything. */
export function hookOfAnnotations(annotations: unknown): Hook | null {
  const own = words(annotations, OWN) ?? words(annotations, ARGO);
  const helm = own === null ? words(annotations, HELM) : null;
  if (helm?.includes('crd-install')) return null;
  const phases =
    own === null
      ? (helm?.flatMap((word) => (Object.hasOwn(HELM_PHASES, word) ? (HELM_PHASES[word] ?? []) : [])) ?? null)
      : own.flatMap((word) => HOOK_PHASES.find((phase) => phase === word) ?? []);
  if (phases === null) return null;
  const known = [...new Set(phases)].filter((phase) => phase !== 'Skip');
  const isSkipped = phases.includes('Skip') || known.length === 0;
  return { phases: isSkipped ? ['Skip'] : known, deletePolicies: deletePoliciesOf(annotations) };
}

/**
 * The name under which a hook with `generateName` is known until it runs, and then gets a fresh one; null for everything
 * else. Only hooks may have generated names: a new object each time cannot be kept equal to Git.
 */
export function placeholderName(metadata: { generateName?: unknown; annotations?: unknown }): string | null {
  const { generateName, annotations } = metadata;
  if (typeof generateName !== 'string' || hookOfAnnotations(annotations) === null) return null;
  return `${generateName}generated`;
}

/** What a hook leaves behind goes before its next run, unless it asks for something else. */
function deletePoliciesOf(annotations: unknown): HookDeletePolicy[] {
  const own = words(annotations, `${OWN}-delete-policy`) ?? words(annotations, `${ARGO}-delete-policy`);
  const policies =
    own?.flatMap((word) => HOOK_DELETE_POLICIES.find((policy) => policy === word) ?? []) ??
    words(annotations, `${HELM}-delete-policy`)?.flatMap((word) =>
      Object.hasOwn(HELM_POLICIES, word) ? (HELM_POLICIES[word] ?? []) : [],
    ) ??
    [];
  return policies.length === 0 ? ['BeforeHookCreation'] : [...new Set(policies)];
}

function words(annotations: unknown, name: string): string[] | null {
  if (typeof annotations !== 'object' || annotations === null || !Object.hasOwn(annotations, name)) return null;
  const text: unknown = Reflect.get(annotations, name);
  if (typeof text !== 'string') return null;
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
