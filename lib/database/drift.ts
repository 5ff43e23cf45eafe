import type { DriftChanges, OpenDrift } from '#lib/domain/drift/record.ts';
import type { JsonValue } from '#lib/domain/resource/manifest.ts';
import { Prisma } from './generated/client.ts';
import type { DriftRecordModel } from './generated/models/DriftRecord.ts';
import type { Reader } from './reader.ts';

/** Open records of an application as the domain reconciles them. */
export async function listOpenDrifts(tx: Reader, applicationId: string): Promise<OpenDrift[]> {
  const rows = await tx.driftRecord.findMany({ where: { applicationId, closedAt: null } });
  return rows.map(openDriftOf);
}

/** Records of an application that were closed since then, newest first. */
export async function listRecentDrifts(tx: Reader, applicationId: string, since: Date): Promise<OpenDrift[]> {
  const rows = await tx.driftRecord.findMany({
    where: { applicationId, closedAt: { gte: since } },
    orderBy: [{ closedAt: 'desc' }, { id: 'desc' }],
    take: 1_000,
  });
  return rows.map(openDriftOf);
}

function openDriftOf(row: DriftRecordModel): OpenDrift {
  return {
    id: row.id,
    objectKey: row.objectKey,
    path: row.path,
    kind: kindOf(row.kind),
    desired: valueOf(row.before),
    live: valueOf(row.after),
    fingerprint: row.fingerprint,
    count: row.count,
    heals: row.heals,
    culprit: culpritOf(row),
  };
}

/** Opens, updates and closes records as the domain decided. Values are masked. */
export async function saveDriftChanges(
  tx: Reader,
  { applicationId, revision, changes }: { applicationId: string; revision: string | null; changes: DriftChanges },
): Promise<void> {
  if (changes.close.length > 0) {
    await tx.driftRecord.updateMany({
      where: { id: { in: changes.close.map((one) => one.id) }, closedAt: null },
      data: { closedAt: new Date(changes.close[0]?.closed ?? 0) },
    });
  }
  for (const { id, drift, count, heals, lastSeen } of changes.update) {
    const again = heals === undefined ? {} : { heals, closedAt: null };
    await tx.driftRecord.update({
      where: { id },
      data: { ...factsOf(drift), ...again, count, lastSeenAt: new Date(lastSeen) },
    });
  }
  if (changes.open.length > 0) {
    await tx.driftRecord.createMany({
      data: changes.open.map(({ firstSeen, ...drift }) => ({
        applicationId,
        revision,
        objectKey: drift.objectKey,
        path: drift.path,
        ...factsOf(drift),
        firstSeenAt: new Date(firstSeen),
        lastSeenAt: new Date(firstSeen),
      })),
    });
  }
}

function factsOf(drift: Pick<OpenDrift, 'kind' | 'desired' | 'live' | 'culprit' | 'fingerprint'>) {
  const { culprit } = drift;
  return {
    kind: drift.kind,
    before: jsonOf(drift.desired),
    after: jsonOf(drift.live),
    fingerprint: drift.fingerprint,
    manager: culprit?.manager ?? null,
    operation: culprit?.operation ?? null,
    managerTime: culprit?.time === undefined ? null : new Date(culprit.time),
    certain: culprit?.certain ?? false,
    culprit: culprit?.class ?? 'unknown',
  };
}

const jsonOf = (value: JsonValue | undefined) => (value === undefined || value === null ? Prisma.DbNull : value);
export const valueOf = (value: Prisma.JsonValue): JsonValue | undefined => {
  if (value === null) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Prisma's JSON has readonly arrays, ours has not
  return value as JsonValue;
};

function kindOf(kind: string): OpenDrift['kind'] {
  return kind === 'added' || kind === 'missing' || kind === 'extra' ? kind : 'changed';
}

function culpritOf(row: DriftRecordModel): OpenDrift['culprit'] {
  if (row.manager === null) return null;
  const { culprit } = row;
  return {
    manager: row.manager,
    class: culprit === 'person' || culprit === 'controller' || culprit === 'agent' ? culprit : 'unknown',
    operation: row.operation === 'Apply' ? 'Apply' : 'Update',
    time: row.managerTime ? isoOf(row.managerTime) : undefined,
    certain: row.certain,
  };
}

/** managedFields know whole seconds, `2026-11-24T04:05:06Z`. */
const isoOf = (time: Date) => time.toISOString().replace('.000Z', 'Z');
