'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { PlanningProvider, type PlanRequest } from '#components/shell/planning.tsx';
import { part } from '#components/ui/lazy.tsx';

const PlanDialog = part(async () => (await import('./plan-dialog.tsx')).PlanDialog, { soon: true });

/** The one plan dialog of the console; pages open it through usePlanning. */
export function PlanHost({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ request: PlanRequest; turn: number }>();
  const plan = useCallback(
    (request: PlanRequest) => setShown((before) => ({ request, turn: (before?.turn ?? 0) + 1 })),
    [],
  );
  return (
    <PlanningProvider plan={plan}>
      {children}
      {shown !== undefined && (
        <PlanDialog key={shown.turn} request={shown.request} onClose={() => setShown(undefined)} />
      )}
    </PlanningProvider>
  );
}
