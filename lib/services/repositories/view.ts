import { z } from 'zod';
import type { RepositoryView } from '#lib/contracts/repositories.ts';
import type { RepositoryRow } from '#lib/database/repositories.ts';
import { forgeOf } from '#lib/domain/revision/forge.ts';

const STATUSES = ['unknown', 'reachable', 'unreachable'] as const;
const heads = z.array(z.object({ ref: z.string(), sha: z.string() })).catch([]);

/** Where a provider posts. */
export function webhookUrls(origin: string, repositoryId: string): { github: string; generic: string } {
  return {
    github: `${origin}/api/webhooks/github/${repositoryId}`,
    generic: `${origin}/api/webhooks/generic/${repositoryId}`,
  };
}

export function repositoryViewOf(row: RepositoryRow, origin: string): RepositoryView {
  const refs = heads.parse(row.heads).map((head) => head.ref);
  const named = (prefix: string) => refs.filter((ref) => ref.startsWith(prefix)).map((ref) => ref.slice(prefix.length));
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    defaultBranch: row.defaultBranch,
    pollIntervalSeconds: row.pollIntervalSeconds,
    forge: forgeOf(row.forge, row.url),
    status: STATUSES.find((status) => status === row.status) ?? 'unknown',
    lastFetchAt: row.lastFetchAt?.toISOString() ?? null,
    lastError: row.lastError,
    credentialKind: row.credentialKind,
    branches: named('refs/heads/'),
    tags: named('refs/tags/'),
    applicationCount: row.applicationCount,
    webhookUrls: webhookUrls(origin, row.id),
    webhookConfigured: row.webhookConfigured,
    createdAt: row.createdAt.toISOString(),
  };
}

/** What the audit's before and after hashes cover; no credential. */
export function repositoryDeclaration(row: RepositoryRow) {
  return {
    name: row.name,
    url: row.url,
    pollIntervalSeconds: row.pollIntervalSeconds,
    credentialKind: row.credentialKind,
  };
}
