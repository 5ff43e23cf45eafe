'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import type { StateView } from '#lib/contracts/deployments.ts';
import { hrefOf } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { shortSha } from '#lib/client/format.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';

const ORIGINS = {
  deployed: { tone: 'ok', words: 'as deployed' },
  drifted: { tone: 'amber', words: 'with drift' },
  missing: { tone: 'bad', words: 'missing' },
  extra: { tone: 'amber', words: 'not in Git' },
  unsure: { tone: 'grey', words: 'not certain' },
} as const;

/** What was live at a moment of one's choice; the moment is part of the address. */
export function StateAt({ id }: { id: string }) {
  const [at, setAt] = useQueryState('at', parseAsString);
  const [draft, setDraft] = useState('');
  const chosen = new Date(draft);
  const isMoment = !Number.isNaN(chosen.getTime());
  return (
    <Panel
      title="State at a time"
      note="What was live then, from the deployments and the drift on record"
      className="mb-4"
    >
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (isMoment) void setAt(chosen.toISOString());
        }}
      >
        <TextField label="Time (your time zone)" type="datetime-local" step={1} value={draft} onChange={setDraft} />
        <Button type="submit" reason={isMoment ? null : 'Choose a day and a time first.'}>
          Show state
        </Button>
        {at !== null && (
          <Button look="ghost" onClick={() => void setAt(null)}>
            Close
          </Button>
        )}
      </form>
      {at !== null && <Shown id={id} at={at} />}
    </Panel>
  );
}

function Shown({ id, at }: { id: string; at: string }) {
  const query = useQuery(ask('getState', { params: { id }, query: { at } }));
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={4} label="Reading the state" />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const { deployment, objects } = query.data;
  if (deployment === null)
    return <Empty title="Nothing was deployed by then">The first deployment came later. Choose a later time.</Empty>;
  return (
    <div className="mt-3">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2 text-sm">
        <p>
          <Time at={at} />: deployed at <span className="font-mono">{shortSha(deployment.sha)}</span> by{' '}
          {deployment.actorName}
        </p>
        <Button
          size="small"
          onClick={() => window.open(hrefOf('exportState', { params: { id }, query: { at } }), '_blank', 'noopener')}
        >
          Download YAML
        </Button>
      </div>
      <ul className="divide-y divide-line border-t border-line">
        {objects.map((object) => (
          <PastObject key={object.key} object={object} />
        ))}
      </ul>
    </div>
  );
}

function PastObject({ object }: { object: StateView['objects'][number] }) {
  const { tone, words } = ORIGINS[object.origin];
  const title = (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="text-mute">{object.kind}</span>
      <span className="font-medium break-all">
        {object.namespace === '' ? object.name : `${object.namespace}/${object.name}`}
      </span>
      <Badge tone={tone}>{words}</Badge>
    </span>
  );
  return (
    <li className="py-2 text-sm">
      {object.text === '' ? (
        title
      ) : (
        <details>
          <summary className="cursor-pointer">{title}</summary>
          <pre className="mt-2 max-h-96 overflow-auto rounded-[7px] border border-line p-2 font-mono text-xs">
            {object.text}
          </pre>
        </details>
      )}
      {object.note !== '' && <p className="text-xs break-words text-mute">{object.note}</p>}
    </li>
  );
}
