'use client';

import { useState } from 'react';
import { scheduleWords } from '#lib/domain/sync/window-words.ts';
import { checkWindow, type SyncWindow } from '#lib/domain/sync/windows.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { CheckField, RadioCards, TextField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { Openings } from './openings.tsx';

const NEW: SyncWindow = {
  kind: 'deny',
  schedule: '0 16 * * 5',
  duration: '3d',
  timeZone: 'UTC',
  applications: ['*'],
  namespaces: [],
  clusters: [],
  andOperator: false,
  manualSync: false,
  description: '',
};
const ZONES = 'sync-window-zones';

/** A window as it is typed: lists are text until they are read. */
type Draft = Omit<SyncWindow, 'applications' | 'namespaces' | 'clusters'> & {
  applications: string;
  namespaces: string;
  clusters: string;
};

const draftOf = (window: SyncWindow): Draft => ({
  ...window,
  applications: window.applications.join(', '),
  namespaces: window.namespaces.join(', '),
  clusters: window.clusters.join(', '),
});

const listOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .filter((glob) => glob !== '')
    .slice(0, 100);

function windowOf(draft: Draft): SyncWindow {
  return {
    ...draft,
    schedule: draft.schedule.trim().replace(/\s+/g, ' '),
    duration: draft.duration.replace(/\s+/g, ''),
    timeZone: draft.timeZone.trim(),
    description: draft.description.trim(),
    applications: listOf(draft.applications),
    namespaces: listOf(draft.namespaces),
    clusters: listOf(draft.clusters),
  };
}

interface FormProps {
  projectName: string;
  /** Absent for a new one. */
  window?: SyncWindow;
  onSave: (window: SyncWindow) => Promise<void>;
  onClose: () => void;
}

/** One window: its fields, what is wrong with each, and when it would be open. */
export function WindowForm({ projectName, window: given, onSave, onClose }: FormProps) {
  const form = useForm();
  const [draft, setDraft] = useState(() => draftOf(given ?? NEW));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const window = windowOf(draft);
  const problems = checkWindow(window);
  const set = (change: Partial<Draft>) => {
    setDraft({ ...draft, ...change });
    setTouched(new Set([...touched, ...Object.keys(change)]));
    form.clear();
  };
  const problem = (field: keyof SyncWindow) =>
    (touched.has(field) ? problems.find((one) => one.field === field)?.message : undefined) ?? form.problem(field);
  const save = () => {
    setTouched(new Set(Object.keys(draft)));
    if (problems.length > 0) return;
    void form.run(async () => {
      await onSave(window);
      onClose();
    });
  };
  const text = (field: 'schedule' | 'duration' | 'timeZone' | 'applications' | 'namespaces' | 'clusters') => ({
    value: draft[field],
    onChange: (value: string) => set({ [field]: value }),
    error: problem(field),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={given === undefined ? `Add a sync window to ${projectName}` : `Change a sync window of ${projectName}`}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" busy={form.busy} onClick={save}>
            {given === undefined ? 'Add window' : 'Save window'}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <TextField
          label="Name"
          maxLength={200}
          hint="How people are told of it, such as weekend freeze."
          value={draft.description}
          onChange={(description) => set({ description })}
          error={problem('description')}
        />
        <RadioCards
          legend="While it is open"
          name="kind"
          value={draft.kind}
          onChange={(kind) => set({ kind: kind === 'allow' ? 'allow' : 'deny' })}
          choices={[
            { value: 'deny', label: 'Deny', hint: 'Nothing is synced.' },
            { value: 'allow', label: 'Allow', hint: 'Syncs run only now, and not outside.' },
          ]}
        />
        <div className="grid gap-3 sm:grid-cols-[2fr_1fr_1.5fr]">
          <TextField
            label="Schedule"
            mono
            required
            hint={problem('schedule') === undefined ? `Begins ${scheduleWords(draft.schedule)}.` : undefined}
            {...text('schedule')}
          />
          <TextField label="Duration" mono required hint="Such as 1h30m or 3d." {...text('duration')} />
          <TextField label="Time zone" required list={ZONES} hint="Such as Europe/Berlin." {...text('timeZone')} />
        </div>
        <datalist id={ZONES}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </datalist>
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField label="Applications" mono hint="Names, with * for anything." {...text('applications')} />
          <TextField label="Namespaces" mono {...text('namespaces')} />
          <TextField label="Clusters" mono {...text('clusters')} />
        </div>
        <CheckField
          label="All of these lists must match"
          hint="Else one is enough. A list that is empty says nothing."
          checked={draft.andOperator}
          onChange={(andOperator) => set({ andOperator })}
        />
        <CheckField
          label="People may sync all the same"
          hint="Only automatic sync waits; a person is warned."
          checked={draft.manualSync}
          onChange={(manualSync) => set({ manualSync })}
        />
        <Openings window={window} />
        {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
      </div>
    </Dialog>
  );
}
