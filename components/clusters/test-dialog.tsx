'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { ClusterView, ConnectionTest } from '#lib/contracts/clusters.ts';
import { api } from '#lib/client/api.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Failure, Loading } from '#components/ui/states.tsx';

const WORDS = {
  dns: 'Name found (DNS)',
  tcp: 'Port open (TCP)',
  tls: 'Certificate trusted (TLS)',
  authentication: 'Signed in',
  version: 'Version read',
  'can-list': 'May list objects',
  'can-apply': 'May apply objects',
} as const;
const LOOK = {
  ok: { icon: CircleCheck, className: 'text-ok', word: 'ok' },
  failed: { icon: CircleX, className: 'text-bad', word: 'failed' },
  skipped: { icon: CircleDashed, className: 'text-grey', word: 'skipped' },
} as const;

/** Each check by name, with its result and time. */
export function TestResult({ test }: { test: ConnectionTest }) {
  return (
    <div role="status" aria-label="Connection test">
      <p className={test.ok ? 'mb-2 font-semibold text-ok' : 'mb-2 font-semibold text-bad'}>
        {test.ok ? `Connected${test.version === null ? '' : `, Kubernetes ${test.version}`}` : 'Not connected'}
      </p>
      <ul className="divide-y divide-line rounded-lg border border-line text-sm">
        {test.checks.map((check) => {
          const look = LOOK[check.result];
          return (
            <li key={check.name} className="flex items-start gap-2.5 px-3 py-1.5">
              <look.icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look.className}`} />
              <span className="min-w-0 flex-1">
                {WORDS[check.name]} <span className="sr-only">{look.word}</span>
                {check.message !== '' && <span className="block text-xs break-words text-mute">{check.message}</span>}
              </span>
              <span className="text-xs text-mute">
                {check.result === 'skipped' ? 'skipped' : `${Math.round(check.latencyMs)} ms`}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

export function TestDialog({ cluster, onClose }: { cluster: ClusterView; onClose: () => void }) {
  const query = useQuery({
    queryKey: ['testCluster', { id: cluster.id }],
    queryFn: ({ signal }) => api('testCluster', { params: { id: cluster.id }, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title={`Test connection to ${cluster.name}`}
      footer={
        <Button busy={query.isFetching} onClick={() => void query.refetch()}>
          Test again
        </Button>
      }
    >
      {query.data !== undefined ? (
        <TestResult test={query.data} />
      ) : query.error === null ? (
        <Loading rows={6} label="Testing" />
      ) : (
        <Failure title="It could not be tested" error={query.error} />
      )}
    </Dialog>
  );
}
