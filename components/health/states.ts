import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlus,
  CircleQuestionMark,
  CircleX,
  GitCompareArrows,
  GitPullRequestArrow,
  LoaderCircle,
  type LucideIcon,
  PencilLine,
  Play,
  Pin,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { HealthStatus } from '#lib/domain/health/status.ts';
import type { ObjectResult, OperationPhase, PlanAction, SyncStatus } from '#lib/domain/sync/status.ts';
import type { Tone } from '#components/ui/tone.ts';

/** How a state looks: always word, icon and colour. */
export interface Look {
  word: string;
  tone: Tone;
  icon: LucideIcon;
}

export const HEALTH_LOOK: Readonly<Record<HealthStatus, Look>> = {
  Healthy: { word: 'Healthy', tone: 'ok', icon: CircleCheck },
  Progressing: { word: 'Progressing', tone: 'blue', icon: LoaderCircle },
  Degraded: { word: 'Degraded', tone: 'bad', icon: CircleAlert },
  Suspended: { word: 'Suspended', tone: 'amber', icon: CirclePause },
  Missing: { word: 'Missing', tone: 'bad', icon: CircleDashed },
  Terminating: { word: 'Terminating', tone: 'amber', icon: Trash2 },
  Unknown: { word: 'Unknown', tone: 'grey', icon: CircleQuestionMark },
};

export const SYNC_LOOK: Readonly<Record<SyncStatus, Look>> = {
  Synced: { word: 'Synced', tone: 'ok', icon: CircleCheck },
  OutOfSync: { word: 'OutOfSync', tone: 'amber', icon: GitPullRequestArrow },
  Syncing: { word: 'Syncing', tone: 'blue', icon: LoaderCircle },
  Unknown: { word: 'Unknown', tone: 'grey', icon: CircleQuestionMark },
};

export const DRIFT_LOOK: Look = { word: 'Drift', tone: 'violet', icon: GitCompareArrows };
export const PIN_LOOK: Look = { word: 'Pinned', tone: 'amber', icon: Pin };

const REASONS: Readonly<Record<string, Look>> = {
  'operation-failed': { word: 'Failed', tone: 'bad', icon: CircleX },
  'terminating-too-long': HEALTH_LOOK.Terminating,
  degraded: HEALTH_LOOK.Degraded,
  missing: HEALTH_LOOK.Missing,
  'drift-on-protected': DRIFT_LOOK,
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

export const PHASE_LOOK: Readonly<Record<OperationPhase, Look>> = {
  requested: { word: 'Requested', tone: 'blue', icon: CircleDashed },
  running: { word: 'Running', tone: 'blue', icon: LoaderCircle },
  waiting: { word: 'Waiting for health', tone: 'blue', icon: LoaderCircle },
  succeeded: { word: 'Succeeded', tone: 'ok', icon: CircleCheck },
  failed: { word: 'Failed', tone: 'bad', icon: CircleX },
  terminated: { word: 'Terminated', tone: 'amber', icon: CirclePause },
  interrupted: { word: 'Interrupted', tone: 'bad', icon: CircleAlert },
};

export const ACTION_LOOK: Readonly<Record<PlanAction, Look>> = {
  create: { word: 'Create', tone: 'ok', icon: CirclePlus },
  change: { word: 'Change', tone: 'blue', icon: PencilLine },
  prune: { word: 'Prune', tone: 'bad', icon: Trash2 },
  unchanged: { word: 'Unchanged', tone: 'grey', icon: CircleCheck },
  conflict: { word: 'Conflict', tone: 'bad', icon: TriangleAlert },
  hook: { word: 'Run', tone: 'blue', icon: Play },
};

export const RESULT_LOOK: Readonly<Record<ObjectResult, Look>> = {
  pending: { word: 'Pending', tone: 'grey', icon: CircleDashed },
  running: { word: 'Running', tone: 'blue', icon: LoaderCircle },
  created: { word: 'Created', tone: 'ok', icon: CircleCheck },
  configured: { word: 'Configured', tone: 'ok', icon: CircleCheck },
  unchanged: { word: 'Unchanged', tone: 'grey', icon: CircleCheck },
  pruned: { word: 'Pruned', tone: 'ok', icon: Trash2 },
  ran: { word: 'Ran', tone: 'ok', icon: CircleCheck },
  skipped: { word: 'Skipped', tone: 'grey', icon: CircleDashed },
  failed: { word: 'Failed', tone: 'bad', icon: CircleX },
};

/** What a deployment came to: the health it reached, or that it failed. */
export function deploymentLook(outcome: string): Look {
  const known: Readonly<Record<string, Look>> = HEALTH_LOOK;
  return known[outcome] ?? { ...(WORDS[outcome.toLowerCase()] ?? HEALTH_LOOK.Unknown), word: outcome };
}

/** What became of an act, as the audit has it. */
export const OUTCOME_LOOK = {
  allowed: { word: 'allowed', tone: 'grey', icon: CircleCheck },
  refused: { word: 'refused', tone: 'bad', icon: Ban },
  succeeded: { word: 'succeeded', tone: 'ok', icon: CircleCheck },
  failed: { word: 'failed', tone: 'bad', icon: CircleX },
} as const satisfies Record<string, Look>;

export const OPERATION_WORDS = {
  sync: 'Sync',
  revert: 'Revert',
  'rollback-git': 'Roll back in Git',
  pin: 'Pin',
} as const;

export const CULPRIT_LOOK = {
  person: { word: 'person', tone: 'violet' },
  controller: { word: 'controller', tone: 'blue' },
  agent: { word: 'agent', tone: 'ok' },
  unknown: { word: 'unknown', tone: 'grey' },
} as const satisfies Record<string, { word: string; tone: Tone }>;
