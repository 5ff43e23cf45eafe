import type { Manifest } from '../resource/manifest.ts';
import { assessHealth } from './assess.ts';
import { diagnose } from './causes/diagnose.ts';
import type { Assess } from './custom/rule.ts';
import { LAST_WORDS } from './rules/core/pod/containers.ts';
import { type Health, isWorse } from './status.ts';

export interface Explanation {
  /** The owner's own words and the cause below it. */
  message: string;
  /** The cause alone, in plain words. */
  cause: string;
  /** {@link causeFingerprint} of the cause. */
  fingerprint: string;
  /** Name of the object below that causes it; null when the owner itself is all that is known. */
  source: string | null;
}

/**
 * Why an owner is not well, from what hangs below it (the pods and replica sets of a Deployment). The worst child leads; among equals
 * one whose cause is known (a replica set only counts what its pods explain), then the cause most children share, so that one
 * odd pod does not hide what ails the rest. Null when the owner is healthy.
 */
export function explainHealth(
  parent: Manifest,
  children: readonly Manifest[],
  assess: Assess = assessHealth,
): Explanation | null {
  const own = assess(parent);
  if (own.status === 'Healthy') return null;
  const unwell = children
    .map((child) => ({ name: child.metadata.name, health: assess(child) }))
    .filter(({ health }) => isTelling(health));
  const lead = leader(unwell);
  if (lead === undefined)
    return { message: own.message, cause: own.message, fingerprint: causeFingerprint(own.message), source: null };
  const cause = lead.health.message;
  return {
    message: joined(own.message, cause),
    cause,
    fingerprint: causeFingerprint(cause),
    source: lead.name,
  };
}

/** Both as sentences; what the owner only repeats of the cause is said once. */
function joined(own: string, cause: string): string {
  const sentencesOf = (text: string) => text.split('. ').map((sentence) => sentence.replace(/\.$/, ''));
  const said = new Set(['', ...sentencesOf(cause)]);
  return [...sentencesOf(own).filter((sentence) => !said.has(sentence)), cause].join('. ');
}

/**
 * A cause without what is particular to one cluster or one moment: addresses, pod and replica-set suffixes, uids, times, counts of
 * restarts and back-off, which repository of a Git server that is down, the last words of a container. Identical causes on other clusters have the same text. Image names and exit codes stay: they are the cause.
 */
export function causeFingerprint(cause: string): string {
  const [told = cause] = cause.split(LAST_WORDS, 1);
  return told
    .replace(/unable to access '(\w+:\/\/[^/']+)[^']*'(?!: The requested URL returned)/g, "unable to access '$1'")
    .replace(/\bafter \d+ ms\b/g, 'after <time>')
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<uid>')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g, '<time>')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?\b/g, '<address>')
    .replace(/\[?\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}\b\]?(?::\d{1,5})?/gi, '<address>')
    .replace(
      /\b([a-z0-9][a-z0-9-]{0,200}?)-[a-f0-9bcdfghjklmnpqrstvwxz]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g,
      '$1-<pod>',
    )
    .replace(/\b\d+ of \d+\b/g, '<count>')
    .replace(/\b\d+\/\d+\b/g, '<count>')
    .replace(/\b\d+ (restart|old replica|node|pod|replica)(s?)\b/g, '<count> $1$2')
    .replace(/\bback-off \S+/g, 'back-off')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Unwell {
  name: string;
  health: Health;
}

function isTelling(health: Health): boolean {
  return (
    health.status !== 'Healthy' &&
    health.status !== 'Terminating' &&
    health.message !== '' &&
    health.message !== 'Pod is starting'
  );
}

function leader(unwell: readonly Unwell[]): Unwell | undefined {
  const votes = new Map<string, number>();
  for (const { health } of unwell)
    votes.set(causeFingerprint(health.message), (votes.get(causeFingerprint(health.message)) ?? 0) + 1);
  const weight = (one: Unwell): number => votes.get(causeFingerprint(one.health.message)) ?? 0;
  const known = (one: Unwell): number => (diagnose(one.health.message) === null ? 0 : 1);
  return [...unwell].sort((a, b) => {
    if (a.health.status !== b.health.status) return isWorse(a.health.status, b.health.status) ? -1 : 1;
    return known(b) - known(a) || weight(b) - weight(a) || (a.name < b.name ? -1 : 1);
  })[0];
}
