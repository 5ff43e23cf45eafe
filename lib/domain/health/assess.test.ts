import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { assessHealth } from './assess.ts';
import { HEALTH_STATUSES, type HealthStatus } from './status.ts';

const UNSEEN = 'Waiting for the controller to see the newest spec';

const widget = (status: JsonObject, generation?: number): Manifest => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', ...(generation === undefined ? {} : { generation }) },
  status,
});
const says = (...conditions: [type: string, status: string, reason?: string, message?: string][]): JsonObject => ({
  conditions: conditions.map(([type, status, reason = '', message = '']) => ({ type, status, reason, message })),
});

describe('kinds nobody wrote a rule for, by kstatus', () => {
  it.each<[string, Manifest, HealthStatus, string]>([
    ['newest spec not seen, no conditions', widget({ observedGeneration: 1 }, 2), 'Progressing', UNSEEN],
    ['never seen', widget({ observedGeneration: -1 }, 1), 'Progressing', UNSEEN],
    ['newest spec seen, no conditions', widget({ observedGeneration: 2 }, 2), 'Healthy', ''],
    ['a newer spec seen than the one we hold', widget({ observedGeneration: 3 }, 2), 'Healthy', ''],
    ['generation told as text says nothing', widget({ observedGeneration: '1' }, 2), 'Healthy', ''],
    [
      'failing before the newest spec is seen',
      widget({ observedGeneration: 1, ...says(['Ready', 'False', 'Broken', 'old trouble']) }, 2),
      'Progressing',
      UNSEEN,
    ],
    ['reconciling', widget(says(['Reconciling', 'True', 'Progressing', 'rolling out'])), 'Progressing', 'rolling out'],
    ['reconciling without words', widget(says(['Reconciling', 'True'])), 'Progressing', 'Being reconciled'],
    ['reconciling no more', widget(says(['Reconciling', 'False'])), 'Healthy', ''],
    [
      'reconciling before ready counts',
      widget(says(['Ready', 'False', 'Broken', 'old'], ['Reconciling', 'True', 'NewRevision', 'new revision'])),
      'Progressing',
      'new revision',
    ],
    [
      'reconciling while ready',
      widget(says(['Ready', 'True'], ['Reconciling', 'True', 'NewRevision', 'new revision'])),
      'Progressing',
      'new revision',
    ],
    [
      'the last attempt failed',
      widget(
        says(
          ['Reconciling', 'True', 'ProgressingWithRetry', 'trying again'],
          ['Ready', 'False', 'BuildFailed', 'no such file'],
        ),
      ),
      'Degraded',
      'no such file',
    ],
    [
      'the last attempt failed, ready not told',
      widget(says(['Reconciling', 'True', 'ProgressingWithRetry', 'trying again'])),
      'Progressing',
      'trying again',
    ],
    ['stalled', widget(says(['Stalled', 'True', 'URLInvalid', 'no such host'])), 'Degraded', 'no such host'],
    ['stalled no more', widget(says(['Stalled', 'False'], ['Ready', 'True'])), 'Healthy', ''],
    [
      'stalled before reconciling',
      widget(says(['Reconciling', 'True'], ['Stalled', 'True', 'URLInvalid'])),
      'Degraded',
      'URLInvalid',
    ],
    [
      'degraded before ready',
      widget(says(['Ready', 'True'], ['Degraded', 'True', '', 'one of three'])),
      'Degraded',
      'one of three',
    ],
    ['failed', widget(says(['Failed', 'True', 'Timeout'])), 'Degraded', 'Timeout'],
    [
      'synced before accepted',
      widget(says(['Accepted', 'True'], ['Synced', 'False', 'ReconcileError', 'forbidden'])),
      'Degraded',
      'forbidden',
    ],
    ['synced and busy', widget(says(['Synced', 'False', 'ReconcilePending'])), 'Progressing', 'ReconcilePending'],
    [
      'the reason names the failure of the work',
      widget(says(['Ready', 'False', 'ReconciliationFailed', 'quota'])),
      'Degraded',
      'quota',
    ],
    [
      'work that takes too long',
      widget(says(['Ready', 'False', 'ProgressDeadlineExceeded'])),
      'Degraded',
      'ProgressDeadlineExceeded',
    ],
    [
      'ready speaks of an older spec',
      widget({ conditions: [{ type: 'Ready', status: 'True', observedGeneration: 1 }] }, 2),
      'Progressing',
      UNSEEN,
    ],
    [
      'ready speaks of this spec',
      widget({ conditions: [{ type: 'Ready', status: 'True', observedGeneration: 2 }] }, 2),
      'Healthy',
      '',
    ],
  ])('%s', (_name, manifest, status, message) => expect(assessHealth(manifest)).toEqual({ status, message }));

  it('answers in known words whatever the status holds', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.option(fc.integer(), { nil: undefined }), (status, generation) => {
        const manifest: Manifest = { ...widget({}, generation), status };
        expect(HEALTH_STATUSES).toContain(assessHealth(manifest).status);
      }),
    ));
});
