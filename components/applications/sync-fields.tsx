'use client';

import { CheckField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { FieldsProps } from './fields.ts';

/** How it is synced. */
export function SyncFields({ draft, onChange }: FieldsProps) {
  return (
    <Panel title="Sync policy">
      <div className="grid gap-3 sm:grid-cols-2">
        <CheckField
          label="Automatic sync"
          hint="Sync by itself when Git moves."
          checked={draft.automated}
          onChange={(automated) => onChange({ automated })}
        />
        <CheckField
          label="Self-heal"
          hint="Also put drift right by itself."
          checked={draft.selfHeal}
          onChange={(selfHeal) => onChange({ selfHeal })}
          disabled={!draft.automated}
        />
        <CheckField
          label="Prune"
          hint="Automatic sync also deletes what is no longer in Git."
          checked={draft.prune}
          onChange={(prune) => onChange({ prune })}
        />
        <CheckField
          label="Create the namespace"
          hint="When it does not exist."
          checked={draft.createNamespace}
          onChange={(createNamespace) => onChange({ createNamespace })}
        />
        <CheckField
          label="Protected"
          hint="Drift here needs a person’s attention at once."
          checked={draft.protected}
          onChange={(value) => onChange({ protected: value })}
        />
      </div>
    </Panel>
  );
}
