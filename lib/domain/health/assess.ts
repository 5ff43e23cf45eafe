import { parseApiVersion, type Manifest } from '../resource/manifest.ts';
import { ruleFor } from './rules/registry.ts';
import { type Condition, conditionsOf, conditionText, HEALTHY, isStale } from './rules/rule.ts';
import type { Health } from './status.ts';

/** Condition types by which custom resources say that they are well; the first one present decides. */
const READY_TYPES = ['Ready', 'Available', 'Healthy', 'Synced', 'Established', 'Accepted'];
/** Condition types that say the contrary when True. */
const TROUBLE_TYPES = ['Stalled', 'Degraded', 'Failed'];
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
    message: `Being deleted, held by ${held.length === 1 ? 'finalizer' : 'finalizers'} ${held.join(', ')}`,
  };
}

function byConditions(manifest: Manifest): Health {
  const conditions = conditionsOf(manifest);
  const trouble = conditions.find(({ type, status }) => TROUBLE_TYPES.includes(type) && status === 'True');
  if (trouble !== undefined) return { status: 'Degraded', message: conditionText(trouble, trouble.type) };
  for (const type of READY_TYPES) {
    const condition = conditions.find((one) => one.type === type);
    if (condition !== undefined) return byReadiness(manifest, condition);
  }
  return HEALTHY;
}

function byReadiness(manifest: Manifest, condition: Condition): Health {
  const observed = manifest['status'];
  const tracksGeneration = typeof observed === 'object' && observed !== null && 'observedGeneration' in observed;
  if (tracksGeneration && isStale(manifest))
    return { status: 'Progressing', message: 'Waiting for the controller to see the newest spec' };
  if (condition.status === 'True') return HEALTHY;
  const message = conditionText(condition, `Not ${condition.type.toLowerCase()} yet`);
  if (condition.status !== 'False' || BUSY.test(condition.reason)) return { status: 'Progressing', message };
  return { status: 'Degraded', message };
}
