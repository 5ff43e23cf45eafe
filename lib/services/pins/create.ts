import { planInput } from '#lib/contracts/operations.ts';
import { updateDeployedState } from '#lib/database/deployments.ts';
import type { OperationWithObjects } from '#lib/database/operations.ts';
import { endPin, findOpenPin, insertPin } from '#lib/database/pins.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { WorkerContext } from '../context.ts';
import { contextOfOperation } from '../operations/finish.ts';
import { announceAt } from '../shared/hold.ts';

/** Puts the pin of an operation in force, before anything is applied, so that automatic sync holds from then on. Idempotent. */
export async function createPin(
  ctx: WorkerContext,
  { row, subject }: { row: OperationWithObjects; subject: SubjectRow },
): Promise<void> {
  const input = planInput.parse(row.input);
  const { revision, setId } = row;
  if (input.kind !== 'pin' || revision === null || setId === null) return;
  const now = ctx.clock.now();
  await inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const open = await findOpenPin(tx, subject.id);
    const expiresAt = new Date(input.expiresAt);
    if (open?.deploymentId === input.deploymentId && open.expiresAt.getTime() === expiresAt.getTime()) return;
    if (open) await endPin(tx, open.id, { endedAt: now, endedHow: 'replaced', endedBy: row.actorName });
    const pin = await insertPin(tx, {
      applicationId: subject.id,
      revision,
      setId,
      deploymentId: input.deploymentId,
      ownerId: row.actorId,
      ownerName: row.actorName,
      reason: input.reason,
      expiresAt,
      createdAt: now,
    });
    await updateDeployedState(tx, subject.id, {});
    await recordAudit(contextOfOperation(ctx, row), tx, {
      verb: 'pin.create',
      target: { kind: 'application', id: subject.id, name: subject.name },
      outcome: 'succeeded',
      reason: input.reason,
      detail: { pinId: pin.id, revision, expiresAt: input.expiresAt, replaces: open?.id ?? null },
    });
    enqueue({ kind: 'pins', key: subject.id, startAfter: announceAt(pin) }, { kind: 'compare', key: subject.id });
    changed(`application:${subject.id}`, 'audit');
  });
}
