import type { Permission } from '#lib/domain/policy/roles.ts';
import type { OperationKind } from '#lib/domain/sync/status.ts';
import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';

/** What each kind of operation needs and how the audit calls its steps. */
export const OPERATION_RULES: Record<
  OperationKind,
  { permission: Permission; request: AuditVerb; finish: AuditVerb; noun: string }
> = {
  sync: { permission: 'applications:sync', request: 'sync.request', finish: 'sync.finish', noun: 'sync' },
  revert: { permission: 'applications:sync', request: 'sync.request', finish: 'sync.finish', noun: 'revert of drift' },
  'rollback-git': {
    permission: 'applications:rollback',
    request: 'rollback.request',
    finish: 'rollback.finish',
    noun: 'roll back in Git',
  },
  pin: { permission: 'applications:pin', request: 'pin.request', finish: 'pin.finish', noun: 'pin' },
  delete: {
    permission: 'applications:write',
    request: 'deletion.request',
    finish: 'deletion.finish',
    noun: 'deletion',
  },
};
