'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { plural } from '#lib/client/format.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { OPERATION_WORDS, PHASE_LOOK } from '#components/health/states.ts';
import { useMutation } from '@tanstack/react-query';
import { api } from '#lib/client/api.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announceFailure } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';

/** The operation that runs now, over the tabs, for everybody who looks. */
export function ActiveOperation({ id }: { id: string }) {
  const whyNot = useWhyNot();
  const query = useQuery({
    ...ask('getOperation', { params: { id } }),
    refetchInterval: ({ state }) =>
      state.data === undefined || ACTIVE_PHASES.includes(state.data.phase) ? 2_000 : false,
  });
  const terminate = useMutation({
    mutationFn: () => api('terminateOperation', { params: { id } }),
    onError: (error) => announceFailure('It was not terminated', error),
  });
  const operation = query.data;
  if (operation === undefined || !ACTIVE_PHASES.includes(operation.phase)) return null;
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
