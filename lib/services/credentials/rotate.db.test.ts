import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeyring, generateKey } from '#lib/adapters/keyring/keyring.ts';
import { settleSetting } from '#lib/database/installation.ts';
import { type Registry, openRegistry } from '#lib/testing/registering.ts';
import { createTestDatabase } from '#lib/testing/database.ts';
import { createCluster } from '../clusters/create.ts';
import { clusterEndpoint } from '../clusters/endpoint.ts';
import { HASHING_PURPOSE } from '../credentials/hashing-secret.ts';
import { rotateCredentials } from '../credentials/rotate.ts';
import { createRepository } from '../repositories/create.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { createWebhookSecret } from '../repositories/webhook-secret.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('rotation of the encryption key', () => {
  test('seals everything anew, once, and is audited', async () => {
    const fresh = await createTestDatabase();
    const old = generateKey();
    const hashingSecret = generateKey();
    const before = createKeyring({ current: old, hashingSecret });
    const sealed = before.seal(hashingSecret, HASHING_PURPOSE);
    await settleSetting(fresh.prisma, 'encryption-key', { keyId: before.currentKeyId });
    await settleSetting(fresh.prisma, 'hashing-secret', {
      keyId: sealed.keyId,
      ciphertext: Buffer.from(sealed.ciphertext).toString('base64'),
    });
    const ctx = { ...registry.admin, database: fresh, keyring: before };
    const credential = { kind: 'token' as const, token: 'kept' };
    const one = await createCluster(ctx, { name: 'one', server: 'https://k8s.example', credential });
    const two = await createRepository(ctx, { name: 'two', url: 'https://git.example.com/two.git' });
    await createWebhookSecret(ctx, two);
    const next = generateKey();
    const rotating = { ...ctx, keyring: createKeyring({ current: next, previous: old, hashingSecret }) };
    await expect(rotateCredentials({ ...rotating, actor: registry.viewer.actor })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await rotateCredentials(rotating)).toEqual({ resealed: 3 });
    expect(await rotateCredentials(rotating)).toEqual({ resealed: 0 });
    const after = { ...ctx, keyring: createKeyring({ current: next, hashingSecret }) };
    expect((await clusterEndpoint(after, one.id)).credential).toEqual(credential);
    expect((await repositoryEndpoint(after, two.id)).credential).toEqual({ kind: 'none' });
    const rotations = await fresh.prisma.auditEvent.findMany({ where: { verb: 'credential.rotate' } });
    expect(rotations.map((event) => event.outcome).sort()).toEqual(['refused', 'succeeded']);
    await fresh.drop();
  });
});
