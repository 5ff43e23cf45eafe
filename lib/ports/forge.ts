import type { Forge } from '#lib/domain/revision/forge.ts';
import type { RepositoryEndpoint } from './source.ts';

export type ForgeErrorReason =
  | 'unreachable'
  | 'timeout'
  | 'unauthenticated'
  | 'refused' // the forge understood and says no: rights, rules, an unknown branch
  | 'server';

/** The one error a ForgePort throws; credentials never appear in its message. */
export class ForgeError extends Error {
  readonly reason: ForgeErrorReason;
  constructor(reason: ForgeErrorReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ForgeError';
    this.reason = reason;
  }
}

export interface PullRequestInput {
  title: string;
  body: string;
  /** Branch with the commits, and the branch they are to come to; both in the same repository. */
  head: string;
  base: string;
}

export interface PullRequest {
  /** As the forge counts: `12`. */
  number: string;
  /** http or https. */
  url: string;
}

export interface ForgePort {
  /** Opens a pull request, or answers the open one between these branches. Throws {@link ForgeError} only. */
  openPullRequest(
    endpoint: RepositoryEndpoint,
    input: PullRequestInput & { forge: Forge },
    signal?: AbortSignal,
  ): Promise<PullRequest>;
}
