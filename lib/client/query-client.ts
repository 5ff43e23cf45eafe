import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api.ts';

/** Answers stay fresh until the stream says otherwise; a refusal is final, a silent server is asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      },
    },
  });
}
