import type { Query } from '#lib/client/api.ts';

export const OUTCOMES = ['allowed', 'refused', 'succeeded', 'failed'] as const;
export const TARGETS = [
  'application',
  'cluster',
  'repository',
  'project',
  'person',
  'invitation',
  'session',
  'audit',
] as const;

export interface AuditFilter {
  query?: string | null;
  actor?: string | null;
  verb?: string | null;
  outcome?: (typeof OUTCOMES)[number] | null;
  targetKind?: string | null;
  targetId?: string | null;
  from?: string | null;
  to?: string | null;
}

/** The filters that are set. */
export function auditQuery(filter: AuditFilter): Query<'listAudit'> {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}
