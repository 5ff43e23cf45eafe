import type { Manifest } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';

/** What annotations say of comparing one object. */
export interface CompareOptions {
  /** Nothing of it counts and nothing of it is applied. */
  ignored: string | null;
  /** It is made when it is missing; what is there stays. */
  onlyCreated: string | null;
  /** It may be in the cluster without being in Git. */
  extraAllowed: string | null;
  /** Ask the server by dry run whatever the local answer (true), or never (false). */
  serverSideDiff: boolean | null;
}

const OPTION_LISTS = ['argocd.argoproj.io/compare-options', 'quarterdeck.dev/compare-options'] as const;
const FLUX_RECONCILE = 'kustomize.toolkit.fluxcd.io/reconcile';
const FLUX_SSA = 'kustomize.toolkit.fluxcd.io/ssa';

/**
 * The annotations of either side that mean "leave this alone", Argo CD's, Flux's and ours, as `annotation: value` where set. Flux's
 * `ssa: Merge` is what an apply does anyway. Words of others are not ours to judge and have no effect.
 */
export function compareOptionsOf(manifests: readonly (Manifest | null)[]): CompareOptions {
  const options: CompareOptions = { ignored: null, onlyCreated: null, extraAllowed: null, serverSideDiff: null };
  for (const manifest of manifests) {
    const annotations = manifest?.metadata.annotations ?? {};
    if (isWord(annotations[FLUX_RECONCILE], 'disabled')) options.ignored = `${FLUX_RECONCILE}: disabled`;
    if (isWord(annotations[FLUX_SSA], 'ignore')) options.ignored = `${FLUX_SSA}: Ignore`;
    if (isWord(annotations[FLUX_SSA], 'ifnotpresent')) options.onlyCreated = `${FLUX_SSA}: IfNotPresent`;
    for (const name of OPTION_LISTS) {
      const words = wordsOf(annotations[name]);
      if (words.includes('IgnoreExtraneous')) options.extraAllowed = `${name}: IgnoreExtraneous`;
      if (words.includes('ServerSideDiff=true')) options.serverSideDiff = true;
      if (words.includes('ServerSideDiff=false')) options.serverSideDiff = false;
      if (name !== 'quarterdeck.dev/compare-options') continue;
      if (words.includes('Ignore')) options.ignored = `${name}: Ignore`;
      if (words.includes('IfNotPresent')) options.onlyCreated = `${name}: IfNotPresent`;
    }
  }
  return options;
}

/** What an annotation of the object says of one difference; null when it counts. The path '' is the object itself. */
export function leftAlone(
  { path, desired, live }: Difference,
  manifests: readonly (Manifest | null)[],
): { level: 'object'; rule: string; reason: string } | null {
  const options = compareOptionsOf(manifests);
  if (options.ignored !== null)
    return { level: 'object', rule: options.ignored, reason: 'The object asks to be left alone.' };
  const isMissing = path === '' && live === undefined;
  if (options.onlyCreated !== null && !isMissing)
    return {
      level: 'object',
      rule: options.onlyCreated,
      reason: 'The object asks to be made once and then left alone.',
    };
  if (options.extraAllowed !== null && path === '' && desired === undefined)
    return { level: 'object', rule: options.extraAllowed, reason: 'The object may be there without being in Git.' };
  return null;
}

function isWord(value: unknown, word: string): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === word;
}

function wordsOf(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').map((word) => word.trim()) : [];
}
