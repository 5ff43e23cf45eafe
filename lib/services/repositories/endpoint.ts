import { z } from 'zod';
import { repositoryCredentialInput } from '#lib/contracts/repositories.ts';
import type { RepositoryCredential, RepositoryEndpoint } from '#lib/ports/source.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';

/** Binds a sealed credential to its repository. */
export const repositoryCredentialPurpose = (repositoryId: string) => `repository:${repositoryId}`;

/** The repository as an adapter reaches it, credential opened; for the worker only. Errors: not-found. */
export async function repositoryEndpoint(ctx: Context, repositoryId: string): Promise<RepositoryEndpoint> {
  const row = await ctx.database.prisma.repository.findUnique({
    where: { id: repositoryId },
    include: { credential: true },
  });
  if (!row) throw notFound('repository', repositoryId);
  const credential: RepositoryCredential = row.credential
    ? parseCredential(ctx.keyring.open(row.credential, repositoryCredentialPurpose(row.id)))
    : { kind: 'none' };
  return { id: row.id, url: row.url, credential };
}

function parseCredential(text: string): RepositoryCredential {
  return z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(repositoryCredentialInput)
    .parse(text);
}
