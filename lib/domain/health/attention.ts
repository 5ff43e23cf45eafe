import type { OperationPhase, SyncStatus } from '../sync/status.ts';
import type { HealthStatus } from './status.ts';

/** Why an application is on the list, worst first; the index is its rank, and `ok` is not on the list. */
export const ATTENTION_REASONS = [
  'operation-failed',
  'terminating-too-long',
  'degraded',
  'missing',
  'drift-on-protected',
  'fought-over',
  'out-of-sync-manual',
  'hold-expired',
  'progressing-too-long',
  'unknown',
  'ok',
] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

export interface AttentionInput {
  sync: SyncStatus;
  health: HealthStatus;
  healthMessage: string;
  /** Epoch milliseconds since when the health is as it is. */
  healthSince: number;
  /** Phase and message of the last operation; null when there was none. */
  lastOperation: { phase: OperationPhase; message: string } | null;
  openDrifts: number;
  /** Who fights whom over which field ({@link describeFights}); null when nobody does. */
  fight: string | null;
  /** The cluster or the application is marked protected. */
  protected: boolean;
  automaticSync: boolean;
  /** A suspension or pin and its end (epoch milliseconds); null when there is none. */
  hold: { kind: 'suspension' | 'pin'; expiresAt: number | null } | null;
  /** The application was deployed at least once. */
  deployed: boolean;
  now: number;
}

export interface AttentionLimits {
  /** Milliseconds an object may take to go before a person should look. */
  terminatingMs: number;
  progressingMs: number;
}

export interface Attention {
  /** 0 is the most urgent; {@link ATTENTION_REASONS} by index. */
  rank: number;
  reason: AttentionReason;
  /** In plain words; '' for ok. */
  cause: string;
}

export const DEFAULT_LIMITS: AttentionLimits = { terminatingMs: 5 * 60_000, progressingMs: 10 * 60_000 };

/** The most urgent reason why a person should look at an application. Every input gives exactly one answer. */
export function attentionOf(input: AttentionInput, limits: AttentionLimits = DEFAULT_LIMITS): Attention {
  const reason = ATTENTION_REASONS.find((candidate) => CHECKS[candidate](input, limits)) ?? 'ok';
  return { rank: ATTENTION_REASONS.indexOf(reason), reason, cause: causeOf(reason, input) };
}

type Check = (input: AttentionInput, limits: AttentionLimits) => boolean;

const CHECKS: Readonly<Record<AttentionReason, Check>> = {
  'operation-failed': ({ lastOperation }) =>
    lastOperation?.phase === 'failed' || lastOperation?.phase === 'interrupted',
  'terminating-too-long': ({ health, healthSince, now }, { terminatingMs }) =>
    health === 'Terminating' && now - healthSince > terminatingMs,
  degraded: ({ health }) => health === 'Degraded',
  missing: ({ health, deployed }) => health === 'Missing' && deployed,
  'drift-on-protected': (input) => input.protected && input.openDrifts > 0,
  'fought-over': ({ fight }) => fight !== null,
  'out-of-sync-manual': ({ sync, automaticSync }) => sync === 'OutOfSync' && !automaticSync,
  'hold-expired': ({ hold, now }) => hold !== null && hold.expiresAt !== null && hold.expiresAt <= now,
  'progressing-too-long': ({ health, healthSince, now }, { progressingMs }) =>
    health === 'Progressing' && now - healthSince > progressingMs,
  unknown: ({ health, sync }) => health === 'Unknown' || sync === 'Unknown',
  ok: () => true,
};

function causeOf(reason: AttentionReason, input: AttentionInput): string {
  switch (reason) {
    case 'operation-failed':
      return (
        input.lastOperation?.message ||
        (input.lastOperation?.phase === 'interrupted'
          ? 'The last operation was interrupted'
          : 'The last operation failed')
      );
    case 'terminating-too-long':
    case 'progressing-too-long':
    case 'degraded':
    case 'missing':
      return input.healthMessage || `Health is ${input.health}`;
    case 'drift-on-protected':
      return `${input.openDrifts} ${input.openDrifts === 1 ? 'field was' : 'fields were'} changed on a protected target`;
    case 'fought-over':
      return input.fight ?? '';
    case 'out-of-sync-manual':
      return input.openDrifts > 0
        ? `Differs from Git, ${input.openDrifts} drifted ${input.openDrifts === 1 ? 'field' : 'fields'}, and automatic sync is off`
        : 'Differs from Git, and automatic sync is off';
    case 'hold-expired':
      return input.hold?.kind === 'pin' ? 'Its pin has expired' : 'Its suspension has expired';
    case 'unknown':
      return input.healthMessage || 'Its state is not known';
    case 'ok':
      break;
  }
  return '';
}
