import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlus,
  CircleX,
  LoaderCircle,
  PencilLine,
  Play,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { ObjectResult, OperationPhase, PlanAction } from '#lib/domain/sync/status.ts';
import type { Look } from './states.ts';

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
  delete: 'Deletion',
} as const;
