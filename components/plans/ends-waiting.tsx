'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { OPERATION_WORDS } from '#components/health/acts.ts';
import { Notice } from '#components/ui/states.tsx';

/** Says which operation the click will end: one that has applied everything and only waits for health. */
export function EndsWaiting({ applicationId }: { applicationId: string }) {
  const { data } = useQuery(ask('listOperations', { params: { id: applicationId }, query: { limit: 1 } }));
  const [last] = data?.items ?? [];
  if (last?.phase !== 'waiting') return null;
  return (
    <Notice tone="blue">
      {OPERATION_WORDS[last.kind]} by {last.actor.name} has applied everything and waits for health. Going on ends that
      waiting; what it applied stays until this plan changes it.
    </Notice>
  );
}
