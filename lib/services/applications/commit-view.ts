import type { CommitView } from '#lib/contracts/applications.ts';

/** A stored revision as a row of a screen. */
export function commitViewOf(row: { sha: string; subject: string; authorName: string; committedAt: Date }): CommitView {
  return { sha: row.sha, subject: row.subject, authorName: row.authorName, committedAt: row.committedAt.toISOString() };
}

/** A revision nobody stored (it was never a head): the SHA is what is known. */
export function unknownCommit(sha: string, at: Date): CommitView {
  return { sha, subject: '', authorName: '', committedAt: at.toISOString() };
}
