'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { api } from '#lib/client/api.ts';
import { plural } from '#lib/client/format.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { applicationQuery } from './queries.ts';

/** Two ways to delete: only what Quarterdeck knows, or what runs as well. */
export function DeletePanel({ application }: { application: ApplicationView }) {
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const [open, setOpen] = useState(false);
  const needed =
    application.neededBy.length === 0
      ? null
      : `${application.neededBy.join(', ')} ${application.neededBy.length === 1 ? 'depends' : 'depend'} on it`;
  const reason = whyNot('applications:write') ?? needed;
  const silent = application.clusterStatus === 'connected' ? null : `${application.clusterName} does not answer`;
  return (
    <Panel title="Delete">
      <div className="space-y-3 text-sm text-mute">
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 basis-72">
            <b className="text-text">Keep the objects.</b> Quarterdeck stops looking after {application.name};{' '}
            {plural(application.objectCount, 'object')} stay on {application.clusterName} as they are.
          </p>
          <Button look="danger" reason={reason} onClick={() => setOpen(true)}>
            Delete application…
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-3 border-t border-line pt-3">
          <p className="min-w-0 flex-1 basis-72">
            <b className="text-text">Delete the objects too.</b> In the order of a sync backwards, with the hooks around
            a deletion. The plan names each one first.
          </p>
          <Button
            look="danger"
            reason={reason ?? silent}
            onClick={() => plan({ application, act: { kind: 'delete' } })}
          >
            Delete with its objects…
          </Button>
        </div>
      </div>
      <KeepingObjects application={application} open={open} onOpenChange={setOpen} />
    </Panel>
  );
}

function KeepingObjects({
  application,
  open,
  onOpenChange,
}: {
  application: ApplicationView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${application.name}`}
      action="Delete application"
      typedName={application.name}
      onConfirm={async () => {
        const { message } = await api('deleteApplication', { params: { id: application.id } });
        announce(`${application.name} was deleted`, { description: message });
        queries.removeQueries({ queryKey: applicationQuery(application.id).queryKey });
        void queries.invalidateQueries({ queryKey: ['listApplications'] });
        router.push('/applications');
      }}
    >
      <p>
        {plural(application.objectCount, 'object')} stay on {application.clusterName} as they are. Its history stays in
        the audit.
      </p>
    </Confirm>
  );
}
