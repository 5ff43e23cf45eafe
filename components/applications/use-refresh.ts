'use client';

import { useMutation } from '@tanstack/react-query';
import { api } from '#lib/client/api.ts';
import { announce, announceFailure } from '#components/shell/toasts.ts';

/** Asks to fetch, render and compare now. */
export function useRefresh() {
  return useMutation({
    mutationFn: (application: { id: string; name: string }) =>
      api('refreshApplication', { params: { id: application.id } }),
    onSuccess: (_, { name }) =>
      announce(`Refresh of ${name} requested`, { description: 'Git is fetched and compared with the cluster.' }),
    onError: (error, { name }) => announceFailure(`${name} was not refreshed`, error),
  });
}
