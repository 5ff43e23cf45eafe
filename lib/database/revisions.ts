import type { Reader } from './reader.ts';

export interface NewRevision {
  repositoryId: string;
  sha: string;
  treeHash: string;
  authorName: string;
  authorEmail: string;
  authoredAt: Date;
  committerName: string;
  committedAt: Date;
  subject: string;
  body: string;
  firstSeenAt: Date;
}

/** Stores commits once; those already known stay as they are. */
export async function insertRevisions(tx: Reader, revisions: NewRevision[]): Promise<void> {
  if (revisions.length > 0) await tx.revision.createMany({ data: revisions, skipDuplicates: true });
}

/** Those of the SHAs that are stored already. */
export async function knownRevisions(tx: Reader, repositoryId: string, shas: string[]): Promise<Set<string>> {
  const rows = await tx.revision.findMany({ where: { repositoryId, sha: { in: shas } }, select: { sha: true } });
  return new Set(rows.map((row) => row.sha));
}
