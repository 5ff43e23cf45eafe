import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { listDeliveries } from '../repositories/list.ts';
import { createWebhookSecret } from '../repositories/webhook-secret.ts';
import { type Delivery, receiveWebhook, recordRefusedDelivery } from '../webhooks/receive.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('webhooks', () => {
  const sign = (secret: string, body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  test('fetch once per delivery; forged ones are refused and cannot shadow true ones', async () => {
    const { id, name } = await registry.repository();
    const { secret } = await createWebhookSecret(registry.admin, { id });
    const body = '{"ref":"refs/heads/main"}';
    const delivery = (change: Partial<Delivery> = {}): Delivery => ({
      provider: 'github',
      repositoryId: id,
      deliveryId: 'd-1',
      event: 'push',
      signature: sign(secret, body),
      timestamp: '',
      body: Buffer.from(body),
      ...change,
    });
    const forged = delivery({ signature: sign('guess', body) });
    const unknown = delivery({ repositoryId: randomUUID() });
    const errors = await Promise.all([forged, unknown].map((one) => receiveWebhook(registry.admin, one).catch(String)));
    expect(new Set(errors).size).toBe(1);
    await recordRefusedDelivery(registry.admin, forged, 'wrong signature');
    await registry.database.prisma.$executeRaw`DELETE FROM pgboss.job WHERE data->>'key' = ${id}`;
    expect(await receiveWebhook(registry.admin, delivery())).toEqual({ outcome: 'accepted', repository: name });
    expect(await registry.waiting('fetch', id)).toBe(true);
    expect((await receiveWebhook(registry.admin, delivery())).outcome).toBe('duplicate');
    expect((await receiveWebhook(registry.admin, delivery({ deliveryId: 'd-2', event: 'ping' }))).outcome).toBe(
      'accepted',
    );
    expect((await receiveWebhook(registry.admin, delivery({ deliveryId: 'd-3', event: 'star' }))).outcome).toBe(
      'ignored',
    );
    const { items } = await listDeliveries(registry.viewer, { repositoryId: id, limit: 10 });
    expect(items.map((item) => item.outcome).sort()).toEqual(['accepted', 'accepted', 'ignored', 'refused']);
    expect(await registry.events('repository.webhook', id)).toMatchObject([
      { outcome: 'succeeded' },
      { outcome: 'refused' },
    ]);
    await createWebhookSecret(registry.admin, { id });
    await expect(receiveWebhook(registry.admin, delivery({ deliveryId: 'd-4' }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  const PUSH = { before: 'a'.repeat(40), after: 'b'.repeat(40), repository: { full_name: 'shop/storefront' } };
  const GONE = { deleted: true, after: '0'.repeat(40), head_commit: null };
  const form = (payload: unknown) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  test.each([
    ['a branch', JSON.stringify({ ...PUSH, ref: 'refs/heads/main' }), 'refs/heads/main'],
    ['a branch, as a form', form({ ...PUSH, ref: 'refs/heads/a+b&c=d' }), 'refs/heads/a+b&c=d'],
    ['a tag', JSON.stringify({ ...PUSH, ref: 'refs/tags/v1.2.0', base_ref: null }), 'refs/tags/v1.2.0'],
    ['a branch that goes', JSON.stringify({ ...PUSH, ...GONE, ref: 'refs/heads/old' }), 'refs/heads/old'],
    ['another provider', JSON.stringify({ push: { changes: [] } }), null],
    ['a ref that is none', JSON.stringify({ ref: ['refs/heads/main'] }), null],
    ['a form without payload', 'payload', null],
    ['nothing', '', null],
  ])('a push of %s fetches', async (_name, text, ref) => {
    const { id } = await registry.repository();
    const { secret } = await createWebhookSecret(registry.admin, { id });
    await registry.database.prisma.$executeRaw`DELETE FROM pgboss.job WHERE data->>'key' = ${id}`;
    const receipt = await receiveWebhook(registry.admin, {
      provider: 'github',
      repositoryId: id,
      deliveryId: randomUUID(),
      event: 'push',
      signature: sign(secret, text),
      timestamp: '',
      body: Buffer.from(text),
    });
    expect(receipt.outcome).toBe('accepted');
    expect(await registry.waiting('fetch', id)).toBe(true);
    const { items } = await listDeliveries(registry.viewer, { repositoryId: id, limit: 10 });
    expect(items.map((item) => item.detail)).toEqual([ref]);
  });
});
