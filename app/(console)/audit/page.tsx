import type { Metadata } from 'next';
import { askPages } from '#lib/client/ask.ts';
import { AuditList } from '#components/audit/audit-list.tsx';
import { auditQuery } from '#components/audit/queries.ts';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../server-query.ts';

export const metadata: Metadata = { title: 'Audit' };

const KEYS = ['query', 'actor', 'verb', 'outcome', 'targetKind', 'targetId', 'from', 'to'] as const;

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const given = await searchParams;
  const filter = Object.fromEntries(KEYS.map((key) => [key, typeof given[key] === 'string' ? given[key] : null]));
  const snapshot = await prefetch({ lists: [askPages('listAudit', { query: { ...auditQuery(filter), limit: 100 } })] });
  return (
    <ServerData snapshot={snapshot}>
      <AuditList />
    </ServerData>
  );
}
