'use client';

import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { plural } from '#lib/client/format.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { useRefresh } from './use-refresh.ts';

/** What can be done with the selected applications. */
export function SelectionBar({ rows, onClear }: { rows: readonly ApplicationRow[]; onClear: () => void }) {
  const refresh = useRefresh();
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const only = rows.length === 1 ? rows[0] : undefined;
  return (
    <div
      role="region"
      aria-label="Selection"
      className="sticky bottom-3 z-10 mt-2 flex flex-wrap items-center gap-2 rounded-lg border border-accent/40 bg-surface px-3 py-1.5 text-sm shadow-pop"
    >
      <span role="status">{plural(rows.length, 'application')} selected</span>
      <div className="ml-auto flex flex-wrap gap-2">
        <Button reason={whyNot('applications:refresh')} onClick={() => rows.forEach((row) => refresh.mutate(row))}>
          Refresh {rows.length > 1 ? 'all' : ''}
        </Button>
        <Button
          reason={
            whyNot('applications:sync') ??
            (only === undefined ? 'A plan is looked at one application at a time; select one' : null)
          }
          onClick={() => only !== undefined && plan({ application: only, act: { kind: 'sync' } })}
        >
          Sync…
        </Button>
        <Button look="ghost" onClick={onClear}>
          Clear selection
        </Button>
      </div>
    </div>
  );
}
