import type { ApplicationInput, ApplicationView } from '#lib/contracts/applications.ts';

/** The sync policy as the form holds it. */
export interface SyncDraft {
  automated: boolean;
  selfHeal: boolean;
  prune: boolean;
  createNamespace: boolean;
}

export const EMPTY_SYNC: SyncDraft = { automated: false, selfHeal: false, prune: false, createNamespace: true };

export function syncDraftOf({ syncPolicy }: ApplicationView): SyncDraft {
  return {
    automated: syncPolicy.automated,
    selfHeal: syncPolicy.selfHeal,
    prune: syncPolicy.prune,
    createNamespace: syncPolicy.createNamespace,
  };
}

/** The policy a draft means; what the form does not show is kept from `before`. */
export function syncPolicyOf(draft: SyncDraft, before?: ApplicationView): ApplicationInput['syncPolicy'] {
  return {
    ...(before?.syncPolicy ?? { allowEmpty: false }),
    automated: draft.automated,
    selfHeal: draft.selfHeal,
    prune: draft.prune,
    createNamespace: draft.createNamespace,
  };
}
