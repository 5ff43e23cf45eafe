'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, FileCode2, Pause, Pin, PinOff, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { api, hrefOf } from '#lib/client/api.ts';
import { Advice } from '#components/health/advice.tsx';
import { StateBadge } from '#components/health/state-badge.tsx';
import { DRIFT_LOOK, HEALTH_LOOK, PIN_LOOK, SUSPENSION_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { useShortcuts } from '#components/shell/use-shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { applicationQuery } from './queries.ts';
import { SuspendDialog } from './suspend-dialog.tsx';
import { useActiveOperation } from './use-active-operation.ts';
import { useRefresh } from './use-refresh.ts';

export function Hero({ application }: { application: ApplicationView }) {
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2 pt-3 pb-4">
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="text-2xl font-semibold tracking-tight break-words">{application.name}</h1>
        <p className="mt-0.5 text-mute">
          <Link
            href={`/applications?q=${encodeURIComponent(`cluster:${application.clusterName}`)}`}
            className="hover:text-text hover:underline"
          >
            {application.clusterName}
          </Link>{' '}
          · namespace {application.namespace} · {application.agent} · project {application.projectName}
          {application.protected && ' · protected'}
        </p>
      </div>
      <Actions application={application} />
      <p role="status" className="flex w-full flex-wrap items-center gap-x-1.5 gap-y-1">
        <StateBadge look={SYNC_LOOK[application.sync]} stale={application.stale} />
        <StateBadge look={HEALTH_LOOK[application.health]} stale={application.stale} />
        {application.driftCount > 0 && (
          <StateBadge look={{ ...DRIFT_LOOK, word: 'Drifted' }} stale={application.stale} />
        )}
        {application.pinned && <StateBadge look={PIN_LOOK} />}
        {application.suspended && <StateBadge look={SUSPENSION_LOOK} />}
        {/* An error stands below in full. */}
        {application.cause !== application.error && (
          <span className="text-sm text-mute">
            {application.cause === '' ? quietWords(application) : application.cause}
          </span>
        )}
      </p>
      {application.cause !== application.error && <Advice diagnosis={application.diagnosis} className="w-full" />}
    </header>
  );
}

/** Nothing calls for a person; what waits for a window is not equal to Git all the same. */
function quietWords({ sync, syncWindow, suspension, syncPolicy, dependencies }: ApplicationView): string {
  if (sync === 'OutOfSync' && suspension !== null && syncPolicy.automated) return 'Waits until it is resumed.';
  if (sync === 'OutOfSync' && syncPolicy.automated && dependencies.some(({ waits }) => waits !== ''))
    return 'Waits for what it depends on.';
  return sync === 'OutOfSync' && syncWindow !== null && syncWindow.words !== ''
    ? 'Waits for its sync window.'
    : 'Equal to Git and well.';
}

function Actions({ application }: { application: ApplicationView }) {
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const refresh = useRefresh();
  const [releasing, setReleasing] = useState(false);
  const [suspending, setSuspending] = useState(false);
  const active = useActiveOperation(application.activeOperationId);
  // One that only waits for health is ended by the next; the plan says so.
  const running =
    active === null || active?.phase === 'waiting'
      ? null
      : 'An operation is being applied; wait for it or terminate it';
  const silent = application.clusterStatus === 'connected' ? null : `${application.clusterName} does not answer`;
  const agent = application.agent === 'native' ? null : `${application.agent} reconciles it; act there`;
  const syncReason = whyNot('applications:sync') ?? agent ?? running ?? silent;
  const rollbackReason = whyNot('applications:rollback') ?? agent ?? running;
  const pinReason = whyNot('applications:pin') ?? agent ?? running;
  const refreshReason = whyNot('applications:refresh');
  const sync = () => plan({ application, act: { kind: 'sync' } });
  const rollback = () => plan({ application, act: { kind: 'rollback', method: 'git' } });
  useShortcuts({
    s: syncReason === null ? sync : () => announce('Sync is not possible now', { description: syncReason }),
    r: refreshReason === null ? () => refresh.mutate(application) : undefined,
    'Shift+R':
      rollbackReason === null
        ? rollback
        : () => announce('Roll back is not possible now', { description: rollbackReason }),
  });
  return (
    <div role="group" aria-label="Actions" className="flex flex-wrap gap-2 max-md:order-1 max-sm:gap-1.5">
      <Button reason={refreshReason} busy={refresh.isPending} keys="r" onClick={() => refresh.mutate(application)}>
        Refresh
      </Button>
      {application.pin === null ? (
        <Button reason={pinReason} onClick={() => plan({ application, act: { kind: 'rollback', method: 'pin' } })}>
          <Pin aria-hidden className="size-3.5 max-sm:hidden" />
          Pin…
        </Button>
      ) : (
        <Button reason={whyNot('applications:pin')} onClick={() => setReleasing(true)}>
          <PinOff aria-hidden className="size-3.5 max-sm:hidden" />
          Release pin
        </Button>
      )}
      <Button reason={rollbackReason} keys="⇧R" onClick={rollback}>
        <RotateCcw aria-hidden className="size-3.5 max-sm:hidden" />
        Roll back…
      </Button>
      <Button look="primary" reason={syncReason} keys="s" onClick={sync}>
        Sync…
      </Button>
      <Menu
        label="More actions"
        trigger={
          <Button aria-label="More actions">
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem icon={Pause} reason={whyNot('applications:suspend') ?? agent} onSelect={() => setSuspending(true)}>
          {application.suspension === null ? 'Suspend automatic sync…' : 'Suspend for another time…'}
        </MenuItem>
        <MenuItem
          icon={FileCode2}
          onSelect={() =>
            window.open(hrefOf('exportApplication', { params: { id: application.id } }), '_blank', 'noopener')
          }
        >
          Declaration as YAML
        </MenuItem>
      </Menu>
      <SuspendDialog application={application} open={suspending} onOpenChange={setSuspending} />
      {application.pin !== null && (
        <ReleasePin application={application} open={releasing} onOpenChange={setReleasing} />
      )}
    </div>
  );
}

function ReleasePin({
  application,
  open,
  onOpenChange,
}: {
  application: ApplicationView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const queries = useQueryClient();
  const release = useMutation({
    mutationFn: () => api('releasePin', { params: { id: application.id } }),
    onSuccess: async () => {
      announce(`The pin of ${application.name} was released`);
      await queries.invalidateQueries({ queryKey: applicationQuery(application.id).queryKey });
    },
  });
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={`Release the pin of ${application.name}`}
      action="Release pin"
      onConfirm={async () => {
        await release.mutateAsync();
      }}
    >
      <p>
        It follows Git again.{' '}
        {application.syncPolicy.automated
          ? 'Automatic sync is on, so it syncs by itself.'
          : 'Automatic sync is off, so nothing changes until somebody syncs.'}
      </p>
    </Confirm>
  );
}
