'use client';

import { useQuery } from '@tanstack/react-query';
import type { OperationView } from '#lib/contracts/operations.ts';
import { ask } from '#lib/client/ask.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';

const POLL = 2_000;

/** The operation under way: undefined until it is known, null when there is none. The stream wakes it; asking is the net below. */
export function useActiveOperation(id: string | null): OperationView | null | undefined {
  const { data } = useQuery({
    ...ask('getOperation', { params: { id: id ?? '' } }),
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data === undefined || ACTIVE_PHASES.includes(state.data.phase) ? POLL : false,
  });
  if (id === null) return null;
  return data === undefined || ACTIVE_PHASES.includes(data.phase) ? data : null;
}
