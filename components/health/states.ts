import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  GitCompareArrows,
  GitPullRequestArrow,
  LoaderCircle,
  type LucideIcon,
  Pin,
  Trash2,
} from 'lucide-react';
import type { HealthStatus } from '#lib/domain/health/status.ts';
import type { SyncStatus } from '#lib/domain/sync/status.ts';
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
export const SUSPENSION_LOOK: Look = { word: 'Sync suspended', tone: 'amber', icon: CirclePause };

export const CULPRIT_LOOK = {
  person: { word: 'person', tone: 'violet' },
  controller: { word: 'controller', tone: 'blue' },
  agent: { word: 'agent', tone: 'ok' },
  unknown: { word: 'unknown', tone: 'grey' },
} as const satisfies Record<string, { word: string; tone: Tone }>;
