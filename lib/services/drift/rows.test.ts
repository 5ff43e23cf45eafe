import { describe, expect, test } from 'vitest';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { assessHealth } from '#lib/domain/health/assess.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import { childRows, healthOf } from './rows.ts';

const SECRET = 'canary-5ecret/value';
const pod: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'pod' },
  spec: { restartPolicy: 'Never' },
  status: {
    phase: 'Failed',
    containerStatuses: [
      {
        name: 'web',
        state: {
          terminated: { exitCode: 1, message: `cannot log in with ${SECRET} or ${encodeURIComponent(SECRET)}` },
        },
      },
    ],
  },
};
// Only what is asked for here.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const cluster = { descendants: () => [pod] } as unknown as LiveCluster;

describe('what a dying container printed', () => {
  test('is told without the values of the Secrets of its application', () => {
    const subject = { key: '/Pod/shop/web', ordinal: 0, target: null, deployed: null, live: pod };
    const judging = { assess: assessHealth, secrets: () => [SECRET] };
    const own = healthOf(subject, cluster, judging);
    const where = { applicationId: 'app', at: new Date(0) };
    const parts = { cluster, parents: [], declared: new Set<string>(), judging };
    const [child] = childRows(where, parts);
    for (const message of [own.message, own.cause, child?.message ?? '']) {
      expect(message).toContain('cannot log in with ••••••');
      expect(message).not.toContain('5ecret');
    }
  });
});
