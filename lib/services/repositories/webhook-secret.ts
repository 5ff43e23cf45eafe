import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { webhookSecret } from '#lib/contracts/repositories.ts';
import { writeRepositoryCredential, writeWebhookSecret } from '#lib/database/repositories.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { repositoryCredentialPurpose } from './endpoint.ts';
import { openRepository } from './update.ts';
import { webhookUrls } from './view.ts';

/** Binds a sealed webhook secret to its repository. */
export const webhookSecretPurpose = (repositoryId: string) => `webhook:${repositoryId}`;

/** Makes the secret that signs webhooks, answered once; the one before stops working. Errors: forbidden (audited), not-found. */
export async function createWebhookSecret(ctx: Context, input: { id: string }): Promise<z.infer<typeof webhookSecret>> {
  const row = await openRepository(ctx, input.id, { verb: 'repository.webhook', permission: 'repositories:write' });
  const secret = randomBytes(32).toString('base64url');
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    if (row.credentialKind === 'none') {
      await writeRepositoryCredential(tx, row.id, {
        kind: 'none',
        ...ctx.keyring.seal(JSON.stringify({ kind: 'none' }), repositoryCredentialPurpose(row.id)),
        rotatedAt: ctx.clock.now(),
      });
    }
    await writeWebhookSecret(tx, row.id, ctx.keyring.seal(secret, webhookSecretPurpose(row.id)));
    await recordAudit(ctx, tx, {
      verb: 'repository.webhook',
      target: { kind: 'repository', id: row.id, name: row.name },
      outcome: 'succeeded',
      reason: row.webhookConfigured ? 'secret replaced' : 'secret made',
    });
    changed(`repository:${row.id}`, 'audit');
  });
  return { secret, urls: webhookUrls(ctx.policy.origin, row.id) };
}
