'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { api, ApiError, apiText } from '#lib/client/api.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { DeletePanel } from './delete-panel.tsx';
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
