'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { api, ApiError, apiText } from '#lib/client/api.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { DeclarationFields } from './declaration-fields.tsx';
import { draftOf } from './declaration.ts';
import { applicationQuery } from './queries.ts';
import { useDeclaration } from './use-declaration.ts';

export function SettingsTab({ id }: { id: string }) {
  const query = useQuery(applicationQuery(id));
  if (query.data === undefined) return <Loading rows={8} label="Loading the declaration" />;
  return <SettingsForm application={query.data} />;
}

function SettingsForm({ application: current }: { application: ApplicationView }) {
  const queries = useQueryClient();
  const whyNot = useWhyNot();
  // The version that was seen travels with the change; live updates must not replace it unseen.
  const [seen, setSeen] = useState(current);
  const form = useDeclaration(
    draftOf(seen),
    async (input) => {
      const saved = await api('updateApplication', {
        params: { id: seen.id },
        body: { ...input, version: seen.version },
      });
      queries.setQueryData([...applicationQuery(seen.id).queryKey], saved);
      setSeen(saved);
      announce(`${saved.name} was saved`);
      return draftOf(saved);
    },
    seen,
  );
  const takeOver = () => {
    setSeen(current);
    form.reset(draftOf(current));
  };
  const conflict = current.version !== seen.version || (form.error instanceof ApiError && form.error.status === 409);
  const changed = JSON.stringify(form.draft) !== JSON.stringify(draftOf(seen));
  return (
    <div className="space-y-4">
      {conflict && (
        <Notice tone="amber">
          <p>
            <b>Somebody else changed this declaration</b> while you had it open (version {current.version}, you see{' '}
            {seen.version}).
          </p>
          <Button size="small" className="mt-1.5" onClick={takeOver}>
            Show theirs and drop mine
          </Button>
        </Notice>
      )}
      <DeclarationFields draft={form.draft} onChange={form.change} problem={form.problem} />
      {form.error !== undefined && !conflict && <Failure title="Nothing was saved" error={form.error} />}
      <div className="flex gap-2">
        <Button
          look="primary"
          busy={form.busy}
          disabled={!changed || conflict}
          reason={whyNot('applications:write')}
          onClick={() => void form.submit()}
        >
          Save changes
        </Button>
        <Button disabled={!changed} onClick={() => form.reset(draftOf(seen))}>
          Discard changes
        </Button>
      </div>
      <YamlPanel application={seen} />
      <DeletePanel application={seen} />
    </div>
  );
}

function YamlPanel({ application }: { application: ApplicationView }) {
  const yaml = useQuery({
    queryKey: ['exportApplication', { id: application.id }, application.version],
    queryFn: ({ signal }) => apiText('exportApplication', { params: { id: application.id }, signal }),
  });
  return (
    <Panel title="As YAML" note="quarterdeck.dev/v1">
      {yaml.data !== undefined ? (
        <CodeBlock label="declaration as YAML" text={yaml.data} />
      ) : yaml.error === null ? (
        <Loading rows={6} />
      ) : (
        <Failure error={yaml.error} onRetry={() => void yaml.refetch()} />
      )}
    </Panel>
  );
}

function DeletePanel({ application }: { application: ApplicationView }) {
  const router = useRouter();
  const queries = useQueryClient();
  const whyNot = useWhyNot();
  const [open, setOpen] = useState(false);
  return (
    <Panel title="Delete">
      <div className="flex flex-wrap items-center gap-3 text-sm text-mute">
        <p className="flex-1">
          Quarterdeck stops looking after {application.name}. Its objects stay in the cluster as they are.
        </p>
        <Button look="danger" reason={whyNot('applications:write')} onClick={() => setOpen(true)}>
          Delete application…
        </Button>
      </div>
      <Confirm
        open={open}
        onOpenChange={setOpen}
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
          {application.objectCount} objects stay on {application.clusterName} as they are. Its history stays in the
          audit.
        </p>
      </Confirm>
    </Panel>
  );
}
