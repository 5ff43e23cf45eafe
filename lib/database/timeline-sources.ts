import type { AuditEventModel } from './generated/models/AuditEvent.ts';
import type { DeploymentModel } from './generated/models/Deployment.ts';
import type { DriftRecordModel } from './generated/models/DriftRecord.ts';
import type { PinModel } from './generated/models/Pin.ts';
import type { Reader } from './reader.ts';

/** What an application's line of time is made of, beside its own entries. */
export interface TimelineSources {
  deployments: DeploymentModel[];
  drifts: DriftRecordModel[];
  pins: PinModel[];
  audit: AuditEventModel[];
}

/** The latest of each kind that began or ended before a moment. */
export async function listTimelineSources(
  tx: Reader,
  applicationId: string,
  page: { before: Date; limit: number },
): Promise<TimelineSources> {
  const { before, limit: take } = page;
  const [deployments, drifts, pins, audit] = await Promise.all([
    tx.deployment.findMany({
      where: { applicationId, finishedAt: { lt: before } },
      orderBy: { finishedAt: 'desc' },
      take,
    }),
    tx.driftRecord.findMany({
      where: { applicationId, OR: [{ firstSeenAt: { lt: before } }, { closedAt: { lt: before } }] },
      orderBy: { lastSeenAt: 'desc' },
      take,
    }),
    tx.pin.findMany({ where: { applicationId, createdAt: { lt: before } }, orderBy: { createdAt: 'desc' }, take }),
    tx.auditEvent.findMany({
      where: { targetKind: 'application', targetId: applicationId, at: { lt: before } },
      orderBy: { sequence: 'desc' },
      take,
    }),
  ]);
  return { deployments, drifts, pins, audit };
}
