'use client';

import { useMutation } from '@tanstack/react-query';
import { api } from '#lib/client/api.ts';
import { plural } from '#lib/client/format.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { OPERATION_WORDS, PHASE_LOOK } from '#components/health/acts.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announceFailure } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { useActiveOperation } from './use-active-operation.ts';

/** The operation that runs now, over the tabs, for everybody who looks. */
export function ActiveOperation({ id }: { id: string }) {
  const whyNot = useWhyNot();
  const operation = useActiveOperation(id);
  const terminate = useMutation({
    mutationFn: () => api('terminateOperation', { params: { id } }),
    onError: (error) => announceFailure('It was not terminated', error),
  });
  if (!operation) return null;
  const done = operation.objects.filter((each) => each.result !== 'pending').length;
  const asked = operation.terminateRequestedAt !== null;
  return (
    <section
      aria-label="Running operation"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-[10px] border border-accent/40 bg-blue-soft/40 px-4 py-2 text-sm"
    >
      <StateBadge look={PHASE_LOOK[operation.phase]} />
      <span role="status">
        {OPERATION_WORDS[operation.kind]} by {operation.actor.name}: {done} of{' '}
        {plural(operation.objects.length, 'object')} done
        {operation.message !== '' && ` · ${operation.message}`}
        {operation.phase === 'waiting' && ' · A sync, roll back or pin ends the waiting.'}
      </span>
      <Button
        look="danger"
        className="ml-auto"
        busy={terminate.isPending}
        reason={whyNot('applications:terminate') ?? (asked ? 'Termination was requested' : null)}
        onClick={() => terminate.mutate()}
      >
        {asked ? 'Terminating…' : 'Terminate'}
      </Button>
    </section>
  );
}
