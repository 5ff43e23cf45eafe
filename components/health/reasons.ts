import { CircleX, TriangleAlert } from 'lucide-react';
import { DRIFT_LOOK, HEALTH_LOOK, type Look, PIN_LOOK, SYNC_LOOK } from './states.ts';

const REASONS: Readonly<Record<string, Look>> = {
  'operation-failed': { word: 'Failed', tone: 'bad', icon: CircleX },
  'terminating-too-long': HEALTH_LOOK.Terminating,
  degraded: HEALTH_LOOK.Degraded,
  missing: HEALTH_LOOK.Missing,
  'drift-on-protected': DRIFT_LOOK,
  'fought-over': { ...DRIFT_LOOK, word: 'Fought over' },
  'out-of-sync-manual': SYNC_LOOK.OutOfSync,
  'hold-expired': PIN_LOOK,
  'progressing-too-long': HEALTH_LOOK.Progressing,
  unknown: HEALTH_LOOK.Unknown,
  ok: HEALTH_LOOK.Healthy,
};

const WORDS: Readonly<Record<string, Look>> = {
  failed: { word: 'Failed', tone: 'bad', icon: CircleX },
  error: { word: 'Error', tone: 'bad', icon: TriangleAlert },
  terminating: HEALTH_LOOK.Terminating,
  drift: DRIFT_LOOK,
  drifted: DRIFT_LOOK,
  outofsync: SYNC_LOOK.OutOfSync,
  pinned: PIN_LOOK,
  progressing: HEALTH_LOOK.Progressing,
  suspended: HEALTH_LOOK.Suspended,
};

/** The look of a reason for attention, whether a rule's name or a word for people. */
export function reasonLook(reason: string): Look {
  return REASONS[reason] ?? WORDS[reason.toLowerCase()] ?? HEALTH_LOOK.Unknown;
}

/** What a deployment came to: the health it reached, or that it failed. */
export function deploymentLook(outcome: string): Look {
  const known: Readonly<Record<string, Look>> = HEALTH_LOOK;
  return known[outcome] ?? { ...(WORDS[outcome.toLowerCase()] ?? HEALTH_LOOK.Unknown), word: outcome };
}
