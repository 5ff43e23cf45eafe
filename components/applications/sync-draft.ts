import type { ApplicationView, NewApplication } from '#lib/contracts/applications.ts';
import { CONFLICTS, PROPAGATIONS } from '#lib/domain/sync/options.ts';

/** The sync policy as the form holds it. */
export interface SyncDraft {
  automated: boolean;
  selfHeal: boolean;
  prune: boolean;
  createNamespace: boolean;
  allowEmpty: boolean;
  pruneLast: boolean;
  propagation: string;
  replace: boolean;
  validate: boolean;
  skipDryRunOnMissing: boolean;
  conflicts: string;
  respectIgnored: boolean;
  /** Empty where what is set for all holds. */
  timeoutSeconds: string;
  retryLimit: string;
  retrySeconds: string;
  retryMaxSeconds: string;
}

export const EMPTY_SYNC: SyncDraft = {
  automated: false,
  selfHeal: false,
  prune: false,
  createNamespace: true,
  allowEmpty: false,
  pruneLast: false,
  propagation: 'background',
  replace: false,
  validate: true,
  skipDryRunOnMissing: false,
  conflicts: 'force',
  respectIgnored: false,
  timeoutSeconds: '',
  retryLimit: '5',
  retrySeconds: '2',
  retryMaxSeconds: '300',
};

export function syncDraftOf({ syncPolicy }: ApplicationView): SyncDraft {
  const { retry, namespaceMetadata: _metadata, ...policy } = syncPolicy;
  return {
    ...policy,
    timeoutSeconds: policy.timeoutSeconds === undefined ? '' : String(policy.timeoutSeconds),
    retryLimit: String(retry.limit),
    retrySeconds: String(retry.seconds),
    retryMaxSeconds: String(retry.maxSeconds),
  };
}

/** The policy a draft means; what the form does not show is kept from `before`. */
export function syncPolicyOf(draft: SyncDraft, before?: ApplicationView): NewApplication['syncPolicy'] {
  return {
    ...before?.syncPolicy,
    automated: draft.automated,
    selfHeal: draft.selfHeal,
    prune: draft.prune,
    createNamespace: draft.createNamespace,
    allowEmpty: draft.allowEmpty,
    pruneLast: draft.pruneLast,
    propagation: PROPAGATIONS.find((known) => known === draft.propagation),
    replace: draft.replace,
    validate: draft.validate,
    skipDryRunOnMissing: draft.skipDryRunOnMissing,
    conflicts: CONFLICTS.find((known) => known === draft.conflicts),
    respectIgnored: draft.respectIgnored,
    timeoutSeconds: draft.timeoutSeconds.trim() === '' ? undefined : Number(draft.timeoutSeconds),
    retry: {
      ...before?.syncPolicy.retry,
      limit: Number(draft.retryLimit),
      seconds: Number(draft.retrySeconds),
      maxSeconds: Number(draft.retryMaxSeconds),
    },
  };
}
