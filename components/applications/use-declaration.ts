'use client';

import { useState } from 'react';
import type { ApplicationView, NewApplication } from '#lib/contracts/applications.ts';
import { ApiError } from '#lib/client/api.ts';
import { type Draft, inputOf } from './declaration.ts';

/** State of a declaration being edited; `save` gets a valid shape, the server judges the values. */
export function useDeclaration(
  initial: Draft,
  save: (input: NewApplication) => Promise<Draft | void>,
  before?: ApplicationView,
) {
  const [draft, setDraft] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const fields = error instanceof ApiError ? error.fields : [];
  const problem = (...paths: string[]) =>
    fields.find((field) => paths.some((path) => field.path === path || field.path.startsWith(`${path}.`)))?.message;
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const saved = await save(inputOf(draft, before));
      if (saved !== undefined) setDraft(saved);
    } catch (caught) {
      const broken = caught instanceof SyntaxError;
      setError(
        broken
          ? new ApiError({
              status: 400,
              detail: 'Ignore rules are not valid JSON.',
              fields: [{ path: 'ignoreRules', message: caught.message }],
            })
          : caught instanceof Error
            ? caught
            : new Error(String(caught)),
      );
    } finally {
      setBusy(false);
    }
  };
  return {
    draft,
    change: (changed: Partial<Draft>) => setDraft((old) => ({ ...old, ...changed })),
    reset: setDraft,
    busy,
    error,
    problem,
    submit,
  };
}
