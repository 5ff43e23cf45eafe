import { listSealedByOthers, reseal, type SealedColumn } from '#lib/database/credentials.ts';
import { findSetting, writeSetting } from '#lib/database/installation.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { clusterCredentialPurpose } from '../clusters/endpoint.ts';
import { ServiceError } from '../errors.ts';
import { inquiryPurpose } from '../inquiries/ask.ts';
import { repositoryCredentialPurpose } from '../repositories/endpoint.ts';
import { webhookSecretPurpose } from '../repositories/webhook-secret.ts';
import { HASHING_PURPOSE, sealedSetting } from './hashing-secret.ts';

const BATCH = 100;
const PURPOSES = {
  cluster: clusterCredentialPurpose,
  repository: repositoryCredentialPurpose,
  webhook: webhookSecretPurpose,
  inquiry: inquiryPurpose,
} as const satisfies Record<SealedColumn['table'], (id: string) => string>;

/**
 * Seals every secret anew under the current key; the keyring must still know the previous one. Batch by batch, so that a
 * run that was cut short goes on where it was; a second run finds nothing to do. Errors: forbidden (audited), internal.
 */
export async function rotateCredentials(ctx: Context): Promise<{ resealed: number }> {
  const keyId = ctx.keyring.currentKeyId;
  const target = { kind: 'installation' as const, id: keyId, name: 'encryption key' };
  await requirePermission(ctx, 'credentials:rotate', { verb: 'credential.rotate', target });
  let resealed = 0;
  for (let count = await rotateBatch(ctx); count > 0; count = await rotateBatch(ctx)) resealed += count;
  return inTransaction(ctx.database, async ({ tx, changed }) => {
    const stored = sealedSetting(await findSetting(tx, 'hashing-secret'));
    if (!stored) throw new ServiceError('internal', 'The row hashing-secret of table Installation is damaged.');
    if (stored.keyId === keyId && resealed === 0) return { resealed };
    const fresh = ctx.keyring.seal(ctx.keyring.open(stored, HASHING_PURPOSE), HASHING_PURPOSE);
    await writeSetting(tx, 'hashing-secret', {
      keyId: fresh.keyId,
      ciphertext: Buffer.from(fresh.ciphertext).toString('base64'),
    });
    await writeSetting(tx, 'encryption-key', { keyId });
    await recordAudit(ctx, tx, {
      verb: 'credential.rotate',
      target,
      outcome: 'succeeded',
      detail: { resealed, from: stored.keyId, to: keyId },
    });
    changed('audit');
    return { resealed };
  });
}

async function rotateBatch(ctx: Context): Promise<number> {
  return inTransaction(ctx.database, async ({ tx }) => {
    const columns = await listSealedByOthers(tx, ctx.keyring.currentKeyId, BATCH);
    for (const column of columns) {
      const purpose = PURPOSES[column.table](column.id);
      await reseal(tx, column, ctx.keyring.seal(ctx.keyring.open(column, purpose), purpose));
    }
    return columns.length;
  });
}
