import type { ManagedFieldsEntry, Manifest } from '#lib/domain/resource/manifest.ts';
import { withTracking } from '#lib/domain/resource/tracking.ts';
import type { WorkerContext } from '#lib/services/context.ts';
import { clusterCredentialPurpose } from '#lib/services/clusters/endpoint.ts';
import type { FakeCluster } from './fake-cluster.ts';
import type { TestHouse } from './house.ts';

/** Entries of managedFields in the form the API server writes them. */
export function writtenBy(
  manager: string,
  fields: object,
  operation: 'Apply' | 'Update' = 'Update',
): ManagedFieldsEntry {
  const fieldsV1: unknown = JSON.parse(JSON.stringify(fields));
  return {
    manager,
    operation,
    apiVersion: 'v1',
    time: '2026-11-24T11:58:00Z',
    fieldsType: 'FieldsV1',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it came through JSON just now
    fieldsV1: fieldsV1 as NonNullable<ManagedFieldsEntry['fieldsV1']>,
  };
}

/** Gives the cluster of an application a sealed credential, so that it can be connected to. */
export async function sealCredential(house: TestHouse, applicationId: string): Promise<string> {
  const { prisma } = house.database;
  const { clusterId } = await prisma.application.findUniqueOrThrow({ where: { id: applicationId } });
  const sealed = house.ctx.keyring.seal(
    JSON.stringify({ kind: 'token', token: 'of-a-test' }),
    clusterCredentialPurpose(clusterId),
  );
  await prisma.clusterCredential.create({
    data: { clusterId, kind: 'token', keyId: sealed.keyId, ciphertext: Buffer.from(sealed.ciphertext) },
  });
  return clusterId;
}

/** Puts the manifests into the cluster as a finished sync would, and says in the state that they are deployed. */
export async function pretendDeployed(
  ctx: WorkerContext,
  cluster: FakeCluster,
  { applicationId, manifests }: { applicationId: string; manifests: Manifest[] },
): Promise<void> {
  for (const manifest of manifests) cluster.put(withTracking(applicationId, manifest));
  const state = await ctx.database.prisma.applicationState.findUniqueOrThrow({ where: { applicationId } });
  await ctx.database.prisma.applicationState.update({
    where: { applicationId },
    data: { deployedSha: state.targetSha, deployedSetId: state.targetSetId, digest: '' },
  });
}
