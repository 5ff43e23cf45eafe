'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '#lib/client/api.ts';

/** A form that is sent once: busy, error, and the server's word for a field. Success makes everything shown be read again. */
export function useForm() {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      void queries.invalidateQueries();
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setBusy(false);
    }
  };
  const fields = error instanceof ApiError ? error.fields : [];
  const problem = (path: string) =>
    fields.find((field) => field.path === path || field.path.endsWith(`.${path}`))?.message;
  return { busy, error, run, problem, clear: () => setError(undefined) };
}
