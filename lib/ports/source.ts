/** How to authenticate to a repository. Never logged, never returned by an API; encrypted at rest. */
export type RepositoryCredential =
  | { kind: 'none' }
  | { kind: 'https-token'; username: string; token: string }
  | { kind: 'ssh-key'; privateKey: string; knownHosts: string };

/** A repository as the worker reaches it. `id` names the mirror's folder. */
export interface RepositoryEndpoint {
  id: string;
  /** https, ssh, or (where the administrator allows it) http and file; no userinfo. */
  url: string;
  credential: RepositoryCredential;
}

export type SourceErrorReason =
  | 'unreachable'
  | 'timeout'
  | 'unauthenticated'
  | 'not-found' // repository, revision or path
  | 'rejected' // the remote refused a push (protected branch, hook)
  | 'moved' // the branch is not where it was expected
  | 'too-large'
  | 'unsafe' // path leaves the tree, forbidden protocol
  | 'internal';

/** The one error a SourcePort throws; credentials never appear in its message. */
export class SourceError extends Error {
  readonly reason: SourceErrorReason;
  constructor(reason: SourceErrorReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SourceError';
    this.reason = reason;
  }
}

export interface RefHead {
  /** Full ref: `refs/heads/main`, `refs/tags/v1.2.0`. */
  ref: string;
  /** Commit SHA (annotated tags peeled). */
  sha: string;
}

export interface CommitInfo {
  sha: string;
  treeHash: string;
  parents: string[];
  authorName: string;
  authorEmail: string;
  /** ISO 8601. */
  authoredAt: string;
  committerName: string;
  committedAt: string;
  subject: string;
  body: string;
}

/** One path that a render read, with the Git hash (blob or tree) it had; `hash` null = looked for and absent. */
export interface ReadPath {
  path: string;
  hash: string | null;
}

/** Restores paths to what they were at `revision`: files that did not exist there are removed. */
export interface RestoreRequest {
  /** Branch to commit on, without `refs/heads/`. */
  branch: string;
  /** Push to this new branch instead of `branch`, when set. */
  newBranch?: string;
  /** SHA the branch must be at; else SourceError 'moved'. */
  expectedHead: string;
  revision: string;
  paths: string[];
  message: string;
  author: { name: string; email: string };
  /** ISO 8601; the same request with the same date builds the same commit, so that a retry pushes nothing twice. Absent = now. */
  authoredAt?: string;
}

export interface SourcePort {
  /** Asks the remote for its refs without a mirror. */
  test(
    endpoint: RepositoryEndpoint,
    options?: { signal?: AbortSignal },
  ): Promise<{ defaultBranch: string; refs: number; latencyMs: number }>;
  /** Fetches every branch and tag into the bare mirror (created when absent) and answers the heads. Deleted refs disappear from the answer. */
  fetch(
    endpoint: RepositoryEndpoint,
    options?: { signal?: AbortSignal },
  ): Promise<{ defaultBranch: string; heads: RefHead[] }>;
  /** Target revision (branch, tag, SHA, semver range over tags, HEAD) → commit, from the mirror alone. */
  resolve(endpoint: RepositoryEndpoint, targetRevision: string): Promise<{ sha: string; ref: string | null }>;
  commit(endpoint: RepositoryEndpoint, sha: string): Promise<CommitInfo>;
  /** Commits reachable from `to` and not from `from` (newest first), limited; `path` narrows. */
  log(
    endpoint: RepositoryEndpoint,
    query: { to: string; from?: string; paths?: string[]; limit: number },
  ): Promise<CommitInfo[]>;
  /** Git hash of each path at a revision (tree or blob), null where absent. One call for all. */
  hashes(endpoint: RepositoryEndpoint, sha: string, paths: string[]): Promise<ReadPath[]>;
  /** Writes the tree at `sha` into a fresh private folder (symlinks kept as links). The caller disposes it. */
  checkout(
    endpoint: RepositoryEndpoint,
    sha: string,
    options: { maxBytes: number; maxFiles: number; signal?: AbortSignal },
  ): Promise<{ directory: string; dispose(): Promise<void> }>;
  /** Keeps a deployed revision alive in the mirror (`refs/quarterdeck/keep/<sha>`) against force pushes and collection. */
  keep(endpoint: RepositoryEndpoint, sha: string): Promise<void>;
  /** Builds the restoring commit in the mirror without pushing it; empty = the tree already is so (`sha` = expectedHead). */
  prepareRestore(
    endpoint: RepositoryEndpoint,
    request: RestoreRequest,
  ): Promise<{ sha: string; changedPaths: string[]; empty: boolean }>;
  /** Pushes a prepared commit, never by force. SourceError 'moved' when the branch is elsewhere. Idempotent: already there = done. */
  push(endpoint: RepositoryEndpoint, push: { sha: string; branch: string; expectedHead: string | null }): Promise<void>;
  /** Removes the mirror. */
  forget(repositoryId: string): Promise<void>;
}
