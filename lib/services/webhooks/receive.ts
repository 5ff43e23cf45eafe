import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { id as uuid } from '#lib/contracts/common.ts';
import type { webhookReceipt } from '#lib/contracts/repositories.ts';
import { findRepositoryRow, findWebhookSecret, insertDelivery } from '#lib/database/repositories.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { invalid, ServiceError } from '../errors.ts';
import { webhookSecretPurpose } from '../repositories/webhook-secret.ts';
import { type SignedDelivery, verifySignature } from './signature.ts';

export interface Delivery extends SignedDelivery {
  repositoryId: string;
  deliveryId: string;
  event: string;
}

/**
 * A verified push fetches its repository at once; each delivery counts once. Asks no permission: the signature is what
 * allows it. Errors: unauthenticated (unknown repository and wrong signature alike), invalid.
 */
export async function receiveWebhook(ctx: Context, delivery: Delivery): Promise<z.infer<typeof webhookReceipt>> {
  const known = uuid.safeParse(delivery.repositoryId).success
    ? await findWebhookSecret(ctx.database.prisma, delivery.repositoryId)
    : null;
  const secret = known
    ? ctx.keyring.open(known, webhookSecretPurpose(delivery.repositoryId))
    : randomBytes(32).toString('base64url');
  if (!verifySignature(delivery, secret, ctx.clock.now()) || !known) {
    throw new ServiceError('unauthenticated', 'The signature does not match, or there is no such webhook.');
  }
  const { deliveryId } = delivery;
  if (!/^[\x21-\x7e]{1,100}$/.test(deliveryId)) throw invalid('delivery', 'must be an id of 1 to 100 characters');
  const isPush = delivery.provider === 'generic' || delivery.event === 'push';
  const outcome = isPush || delivery.event === 'ping' ? 'accepted' : 'ignored';
  return inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
    const fresh = await insertDelivery(tx, {
      repositoryId: delivery.repositoryId,
      deliveryId,
      event: delivery.event.slice(0, 100),
      outcome,
      detail: refOf(delivery.body),
      receivedAt: ctx.clock.now(),
    });
    if (!fresh) return { outcome: 'duplicate', repository: known.name };
    if (isPush) enqueue({ kind: 'fetch', key: delivery.repositoryId });
    changed(`repository:${delivery.repositoryId}`);
    return { outcome, repository: known.name };
  });
}

/** The ref a push names, for people to read; never trusted. GitHub sends forms unless it is told to send JSON. */
function refOf(body: Buffer): string | null {
  const text = body.toString('utf8');
  const form = text.startsWith('payload=') ? new URLSearchParams(text).get('payload') : null;
  try {
    const parsed = z.object({ ref: z.string().max(300) }).safeParse(JSON.parse(form ?? text));
    return parsed.success ? parsed.data.ref : null;
  } catch {
    return null;
  }
}

/** Records and audits a refused delivery. The caller limits how often. Does nothing for an unknown repository. */
export async function recordRefusedDelivery(ctx: Context, delivery: Delivery, reason: string): Promise<void> {
  if (!uuid.safeParse(delivery.repositoryId).success) return;
  const row = await findRepositoryRow(ctx.database.prisma, delivery.repositoryId);
  if (!row) return;
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    await insertDelivery(tx, {
      repositoryId: row.id,
      // Its own id is not taken, else a forged delivery could make the true one a duplicate.
      deliveryId: `refused-${randomUUID()}`,
      event: delivery.event.slice(0, 100),
      outcome: 'refused',
      detail: reason,
      receivedAt: ctx.clock.now(),
    });
    await recordAudit(ctx, tx, {
      verb: 'repository.webhook',
      target: { kind: 'repository', id: row.id, name: row.name },
      outcome: 'refused',
      reason,
      detail: { provider: delivery.provider },
    });
    changed(`repository:${row.id}`, 'audit');
  });
}
