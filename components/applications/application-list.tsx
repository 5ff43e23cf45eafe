'use client';

import { ListTree, Plus } from 'lucide-react';
import Link from 'next/link';
import { countWords } from '#lib/client/format.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { ApplicationTable } from './application-table.tsx';
import { useApplicationList } from './use-list.ts';
import { useApplicationTable } from './use-table.ts';
import { useWidths } from './use-widths.ts';
import { ViewMenu } from './view-menu.tsx';

const CHIPS: readonly { label: string; q: string }[] = [
  { label: 'All', q: '' },
  { label: 'Degraded', q: 'health:degraded' },
  { label: 'OutOfSync', q: 'sync:outofsync' },
  { label: 'Drifted', q: 'drift:yes' },
  { label: 'Pinned', q: 'pinned:yes' },
];

export function ApplicationList() {
  const list = useApplicationList();
  const table = useApplicationTable(list);
  const widths = useWidths();
  const whyNot = useWhyNot();
  const { query, rows, total, state } = list;
  return (
    <div>
      <header className="flex flex-wrap items-center gap-2 py-3">
        <h1 className="text-xl font-semibold tracking-tight">Applications</h1>
        <span role="status" className="text-sm text-mute">
          {query.data === undefined
            ? ''
            : state.q === ''
              ? countWords(total)
              : `${countWords(total)} ${total === 1 ? 'match' : 'matches'}`}
        </span>
        <div role="group" aria-label="Quick filters" className="flex flex-wrap gap-1 md:ml-3">
          {CHIPS.map((chip) => (
            <button
              key={chip.label}
              type="button"
              aria-pressed={state.q === chip.q}
              onClick={() => void list.setState({ q: chip.q === '' ? null : chip.q })}
              className={cn(
                'h-[26px] rounded-full border px-2.5 text-xs font-medium',
                state.q === chip.q
                  ? 'border-accent bg-blue-soft text-accent'
                  : 'border-line-strong/70 text-mute hover:text-text',
              )}
            >
              {chip.label}
            </button>
          ))}
        </div>
        <div className="ml-auto flex items-center gap-2">
          <ViewMenu list={list} onResetWidths={widths.reset} />
          {whyNot('applications:write') === null ? (
            <Button asChild>
              <Link href="/applications/new">
                <Plus aria-hidden className="size-3.5" />
                Add application
              </Link>
            </Button>
          ) : (
            <Button reason={whyNot('applications:write')}>
              <Plus aria-hidden className="size-3.5" />
              Add application
            </Button>
          )}
        </div>
      </header>
      {query.error !== null && (
        <Failure
          title={rows.length > 0 ? 'Shown as last read: the list cannot be read now' : 'The list could not be read'}
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mb-3"
        />
      )}
      {query.isPending ? (
        query.error === null && <Loading rows={10} label="Loading applications" />
      ) : rows.length === 0 && query.error === null ? (
        <NothingFound filtered={state.q !== ''} onClear={() => void list.setState({ q: null })} />
      ) : (
        <ApplicationTable list={list} table={table} widths={widths} />
      )}
    </div>
  );
}

function NothingFound({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const whyNot = useWhyNot();
  if (filtered) {
    return (
      <Empty
        icon={ListTree}
        title="No application matches"
        actions={<Button onClick={onClear}>Clear the search</Button>}
      >
        Words can be combined: <code>cluster:prod-*</code> <code>health:degraded</code> <code>!project:sandbox</code>
      </Empty>
    );
  }
  return (
    <Empty
      icon={ListTree}
      title="No applications yet"
      actions={
        whyNot('applications:write') === null ? (
          <Button asChild look="primary">
            <Link href="/applications/new">Add application</Link>
          </Button>
        ) : (
          <Button look="primary" reason={whyNot('applications:write')}>
            Add application
          </Button>
        )
      }
    >
      An application is a path in a repository, meant for a namespace in a cluster. Declare one with the form or as
      YAML.
    </Empty>
  );
}
