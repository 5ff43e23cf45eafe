'use client';

import { CheckField, SelectField, TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { FieldsProps } from './fields.ts';

/** How it is synced. */
export function SyncFields({ draft, onChange, problem }: FieldsProps) {
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
      <MoreFields draft={draft} onChange={onChange} problem={problem} />
    </Panel>
  );
}

const PROPAGATION_CHOICES = [
  { value: 'background', label: 'In the background' },
  { value: 'foreground', label: 'First what they own, then they' },
  { value: 'orphan', label: 'Leave what they own' },
];

const CONFLICT_CHOICES = [
  { value: 'force', label: 'Take them over' },
  { value: 'ask', label: 'Leave the object and ask' },
];

/** What most applications never need. One object says the same in its `sync-options` annotation, and wins. */
function MoreFields({ draft, onChange, problem }: FieldsProps) {
  return (
    <details className="mt-3 border-t border-line pt-3 text-sm">
      <summary className="cursor-pointer font-medium">More options</summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <CheckField
          label="Allow it to become empty"
          hint="Else a sync that would delete everything is refused."
          checked={draft.allowEmpty}
          onChange={(allowEmpty) => onChange({ allowEmpty })}
        />
        <CheckField
          label="Prune last"
          hint="When everything else is applied and healthy."
          checked={draft.pruneLast}
          onChange={(pruneLast) => onChange({ pruneLast })}
        />
        <CheckField
          label="Replace whole objects"
          hint="Fields that others set are lost."
          checked={draft.replace}
          onChange={(replace) => onChange({ replace })}
        />
        <CheckField
          label="Refuse fields the cluster does not know"
          hint="Else they are dropped, and whole objects are replaced."
          checked={draft.validate}
          onChange={(validate) => onChange({ validate })}
        />
        <CheckField
          label="Plan kinds the cluster does not serve yet"
          hint="Where something else brings their definitions."
          checked={draft.skipDryRunOnMissing}
          onChange={(skipDryRunOnMissing) => onChange({ skipDryRunOnMissing })}
        />
        <CheckField
          label="Leave ignored fields as they are"
          hint="What an ignore rule hides is not overwritten either."
          checked={draft.respectIgnored}
          onChange={(respectIgnored) => onChange({ respectIgnored })}
        />
      </div>
      <div className="mt-3 grid gap-3 sm:grid-cols-3">
        <SelectField
          label="Deletes objects"
          value={draft.propagation}
          onChange={(propagation) => onChange({ propagation })}
          choices={PROPAGATION_CHOICES}
          error={problem('syncPolicy.propagation')}
        />
        <SelectField
          label="Fields others set"
          value={draft.conflicts}
          onChange={(conflicts) => onChange({ conflicts })}
          choices={CONFLICT_CHOICES}
          error={problem('syncPolicy.conflicts')}
        />
        <TextField
          label="Waits for health, seconds"
          inputMode="numeric"
          value={draft.timeoutSeconds}
          onChange={(timeoutSeconds) => onChange({ timeoutSeconds })}
          error={problem('syncPolicy.timeoutSeconds')}
          hint="Empty: as set for all"
        />
        <TextField
          label="Tries of one revision"
          inputMode="numeric"
          value={draft.retryLimit}
          onChange={(retryLimit) => onChange({ retryLimit })}
          error={problem('syncPolicy.retry.limit')}
          hint="Then automatic sync rests"
        />
        <TextField
          label="First pause, seconds"
          inputMode="numeric"
          value={draft.retrySeconds}
          onChange={(retrySeconds) => onChange({ retrySeconds })}
          error={problem('syncPolicy.retry.seconds')}
          hint="Each is three times the last"
        />
        <TextField
          label="Longest pause, seconds"
          inputMode="numeric"
          value={draft.retryMaxSeconds}
          onChange={(retryMaxSeconds) => onChange({ retryMaxSeconds })}
          error={problem('syncPolicy.retry.maxSeconds')}
        />
      </div>
    </details>
  );
}
