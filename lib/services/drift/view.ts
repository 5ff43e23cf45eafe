import type { DriftView } from '#lib/contracts/drift.ts';
import { isFight } from '#lib/domain/drift/fight.ts';
import type { DriftRow } from '#lib/database/application-details.ts';

const KINDS = ['changed', 'added', 'missing', 'extra'] as const;
const CULPRITS = ['person', 'controller', 'agent', 'unknown'] as const;

export function driftViewOf(row: DriftRow): DriftView {
  return {
    id: row.id,
    applicationId: row.applicationId,
    applicationName: row.application.name,
    clusterName: row.application.cluster.name,
    objectKey: row.objectKey,
    path: row.path,
    kind: KINDS.find((kind) => kind === row.kind) ?? 'changed',
    before: row.before,
    after: row.after,
    manager: row.manager,
    operation: row.operation,
    managerTime: row.managerTime?.toISOString() ?? null,
    certain: row.certain,
    culprit: CULPRITS.find((culprit) => culprit === row.culprit) ?? 'unknown',
    fingerprint: row.fingerprint,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    count: row.count,
    heals: row.heals,
    fought: isFight(row),
  };
}
