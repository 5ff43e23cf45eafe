import { parseApiVersion, type Manifest } from '../resource/manifest.ts';
import { finalizerWords } from './finalizers.ts';
import { isUnseen, UNSEEN } from './rules/patterns.ts';
import { ruleFor } from './rules/registry.ts';
import { type Condition, conditionsOf, conditionText, degraded, HEALTHY, progressing } from './rules/rule.ts';
import type { Health } from './status.ts';

/** Condition types by which custom resources say that they are well; the first one present decides. */
const READY_TYPES = ['Ready', 'Available', 'Healthy', 'Synced', 'Established', 'Accepted'];
/** Condition types that say the contrary when True. */
const TROUBLE_TYPES = ['Stalled', 'Degraded', 'Failed'];
/** Reasons of a work in progress, unless they name its failure (`ReconcileError`, `ProgressDeadlineExceeded`). */
const FAILED = /error|fail|exceeded|invalid|denied|forbidden/i;
const BUSY =
  /progress|pending|reconcil|waiting|creating|install|initiali|provision|issuing|updating|starting|doesnotexist|inprogress/i;

/**
 * The health of one live object. Being deleted comes first, then the kind's own rule, then what its conditions say
 * (kinds nobody wrote a rule for), else healthy: plain configuration has no health of its own.
 */
export function assessHealth(manifest: Manifest): Health {
  const rule = ruleFor(parseApiVersion(manifest.apiVersion).group, manifest.kind);
  if (manifest.metadata.deletionTimestamp !== undefined) {
    const own = rule?.(manifest);
    return own?.status === 'Terminating' ? own : terminating(manifest);
  }
  return rule === undefined ? byConditions(manifest) : rule(manifest);
}

/** An object that should exist and does not. */
export function missingHealth(): Health {
  return { status: 'Missing', message: 'Not in the cluster' };
}

function terminating(manifest: Manifest): Health {
  const held = manifest.metadata.finalizers ?? [];
  if (held.length === 0) return { status: 'Terminating', message: 'Being deleted' };
  return {
    status: 'Terminating',
    message: `Being deleted, held by ${held.length === 1 ? 'finalizer' : 'finalizers'} ${held.map(finalizerWords).join(', ')}`,
  };
}

/**
 * The order of kstatus (cli-utils): newest spec not seen, Stalled, Reconciling; then what most kinds say beyond it. Two things
 * differ: a spec may be seen that is newer than the one we hold, and Reconciling with the reason ProgressingWithRetry is how
 * Flux's libraries say that the last attempt failed, so that a Ready that is False counts.
 */
function byConditions(manifest: Manifest): Health {
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const conditions = conditionsOf(manifest);
  const trouble = conditions.find(({ type, status }) => TROUBLE_TYPES.includes(type) && status === 'True');
  if (trouble !== undefined) return degraded(conditionText(trouble, trouble.type));
  const ready = READY_TYPES.map((type) => conditions.find((one) => one.type === type)).find((one) => one !== undefined);
  const working = conditions.find(({ type, status }) => type === 'Reconciling' && status === 'True');
  const failedBefore = working?.reason === 'ProgressingWithRetry' && ready?.status === 'False';
  if (working !== undefined && !failedBefore) return progressing(conditionText(working, 'Being reconciled'));
  return ready === undefined ? HEALTHY : byReadiness(manifest, ready);
}

function byReadiness(manifest: Manifest, condition: Condition): Health {
  const { observedGeneration } = condition;
  if (observedGeneration !== null && observedGeneration < (manifest.metadata.generation ?? 0))
    return progressing(UNSEEN);
  if (condition.status === 'True') return HEALTHY;
  const message = conditionText(condition, `Not ${condition.type.toLowerCase()} yet`);
  const busy = BUSY.test(condition.reason) && !FAILED.test(condition.reason);
  return condition.status !== 'False' || busy ? progressing(message) : degraded(message);
}
