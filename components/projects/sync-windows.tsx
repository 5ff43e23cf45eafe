'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ProjectView } from '#lib/contracts/projects.ts';
import { api } from '#lib/client/api.ts';
import { describeWindow } from '#lib/domain/sync/window-words.ts';
import type { SyncWindow } from '#lib/domain/sync/windows.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/states.tsx';
import { WindowForm } from './window-form.tsx';
import { WindowState } from './window-state.tsx';

const RULE = 'Deny wins over allow. Where an allow window covers an application, it syncs only inside one.';

/** The sync windows of a project: what each does in words, whether it is open now, and its form. */
export function SyncWindows({ project, onClose }: { project: ProjectView; onClose: () => void }) {
  const refusal = useWhyNot()('projects:write');
  const queries = useQueryClient();
  const [edited, setEdited] = useState<SyncWindow | 'new'>();
  const [removed, setRemoved] = useState<SyncWindow>();
  const windows = project.syncWindows;
  const save = async (next: SyncWindow[], words: string) => {
    await api('updateProject', { params: { id: project.id }, body: { syncWindows: next } });
    announce(words);
    await queries.invalidateQueries({ queryKey: ['listProjects'] });
  };
  if (edited !== undefined) {
    return (
      <WindowForm
        projectName={project.name}
        {...(edited === 'new' ? {} : { window: edited })}
        onSave={(window) =>
          save(
            edited === 'new' ? [...windows, window] : replaced(windows, edited, [window]),
            `The sync windows of ${project.name} were saved`,
          )
        }
        onClose={() => setEdited(undefined)}
      />
    );
  }
  return (
    <>
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`Sync windows of ${project.name}`}
        description={RULE}
        footer={
          <>
            <Button onClick={onClose}>Done</Button>
            <Button look="primary" reason={refusal} onClick={() => setEdited('new')}>
              <Plus aria-hidden className="size-3.5" />
              Add window
            </Button>
          </>
        }
      >
        {windows.length === 0 ? (
          <Empty title="No sync windows">Its applications may be synced at any time.</Empty>
        ) : (
          <ul aria-label="Sync windows" className="-my-3.5 divide-y divide-line">
            {windows.map((window, index) => (
              <WindowRow
                key={`${index} ${describeWindow(window)}`}
                window={window}
                refusal={refusal}
                onEdit={() => setEdited(window)}
                onRemove={() => setRemoved(window)}
              />
            ))}
          </ul>
        )}
      </Dialog>
      {removed !== undefined && (
        <Confirm
          open
          onOpenChange={(open) => !open && setRemoved(undefined)}
          title="Remove the sync window"
          action="Remove window"
          onConfirm={async () => save(replaced(windows, removed, []), `A sync window of ${project.name} was removed`)}
        >
          <p>{describeWindow(removed)}.</p>
          <p>What it held goes on at once: automatic sync may begin as soon as it is gone.</p>
        </Confirm>
      )}
    </>
  );
}

/** The list may have moved while the form was open: the window is found by what it says, never by its place. */
function replaced(windows: readonly SyncWindow[], seen: SyncWindow, by: SyncWindow[]): SyncWindow[] {
  const at = windows.findIndex((window) => JSON.stringify(window) === JSON.stringify(seen));
  if (at === -1) throw new Error('Somebody else changed or removed this window meanwhile. Go back and look again.');
  return windows.toSpliced(at, 1, ...by);
}

function WindowRow({
  window,
  refusal,
  onEdit,
  onRemove,
}: {
  window: SyncWindow;
  refusal: string | null;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const words = describeWindow(window);
  const name = window.description || words;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        {window.description !== '' && <p className="font-semibold break-words">{window.description}</p>}
        <p className="text-sm break-words">{words}</p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
          <WindowState window={window} />
          {window.manualSync && <span className="text-xs text-mute">people may sync all the same</span>}
        </p>
      </div>
      <span className="flex gap-1.5">
        <Button size="small" reason={refusal} aria-label={`Change ${name}`} onClick={onEdit}>
          Change
        </Button>
        <Button size="small" look="ghost" reason={refusal} aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </span>
    </li>
  );
}
