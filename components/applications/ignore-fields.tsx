'use client';

import { AreaField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { FieldsProps } from './fields.ts';

/** What others may set without it being drift. */
export function IgnoreFields({ draft, onChange, problem }: FieldsProps) {
  return (
    <Panel title="Ignore rules" note="fields that others may set without it being drift">
      <AreaField
        label="Rules as JSON"
        mono
        rows={draft.ignoreRules === '[]' ? 2 : 8}
        value={draft.ignoreRules}
        onChange={(ignoreRules) => onChange({ ignoreRules })}
        error={problem('ignoreRules')}
        hint={
          'For example [{ "kind": "Deployment", "paths": ["spec.replicas"], "owner": "ada", "reason": "scaled by KEDA", "expiresAt": "2027-01-31T00:00:00Z" }]'
        }
      />
    </Panel>
  );
}
