'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { hrefOf } from '#lib/client/api.ts';
import { askPages, keepPrevious } from '#lib/client/ask.ts';
import { countWords } from '#lib/client/format.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { SelectFilter } from '#components/ui/field.tsx';
import { More } from '#components/ui/more.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Th, Tr } from '#components/ui/table.tsx';
import { AuditRow } from './audit-row.tsx';
import { type AuditFilter, auditQuery, OUTCOMES, TARGETS } from './queries.ts';

/** Who did what, or was refused: filters in the address, export of what is shown. */
export function AuditList() {
  const [filter, setFilter] = useQueryStates({
    query: parseAsString,
    actor: parseAsString,
    verb: parseAsString,
    outcome: parseAsStringLiteral(OUTCOMES),
    targetKind: parseAsString,
    targetId: parseAsString,
    from: parseAsString,
    to: parseAsString,
  });
  const whyNot = useWhyNot();
  const asked = auditQuery(filter);
  const query = useInfiniteQuery({ ...askPages('listAudit', { query: { ...asked, limit: 100 } }), ...keepPrevious });
  const events = (query.data?.pages ?? []).flatMap((page) => page.items);
  const total = query.data?.pages[0]?.total;
  const filtered = Object.values(filter).some((value) => value !== null);
  return (
    <div>
      <header className="flex flex-wrap items-center gap-2 py-3">
        <h1 className="text-xl font-semibold tracking-tight">Audit</h1>
        <span role="status" className="text-sm text-mute">
          {total !== undefined && `${countWords(total)} ${filtered ? 'matches' : 'records'}`}
        </span>
        <div className="ml-auto flex gap-2">
          {(['csv', 'jsonl'] as const).map((format) => {
            const words = format === 'csv' ? 'Export CSV' : 'Export JSON lines';
            const refusal = whyNot('audit:export');
            return refusal === null ? (
              <Button key={format} asChild>
                <a href={hrefOf('exportAudit', { query: { ...asked, format } })} download>
                  <Download aria-hidden className="size-3.5" />
                  {words}
                </a>
              </Button>
            ) : (
              <Button key={format} reason={refusal}>
                <Download aria-hidden className="size-3.5" />
                {words}
              </Button>
            );
          })}
        </div>
      </header>
      <Filters filter={filter} onChange={(changed) => void setFilter(changed)} />
      {query.error !== null && (
        <Failure
          title="The audit could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="mb-3"
        />
      )}
      {query.data === undefined ? (
        query.error === null && <Loading rows={10} label="Loading the audit" />
      ) : events.length === 0 ? (
        <Empty title={filtered ? 'No record matches' : 'Nothing is recorded yet'}>
          Everything that people, agents and the system do, or are refused, is written here.
        </Empty>
      ) : (
        <>
          <div className="rounded-[10px] border border-line bg-surface">
            <Table stacked caption="Audit records, newest first">
              <thead>
                <Tr>
                  <Th>Time</Th>
                  <Th>Actor</Th>
                  <Th>Verb</Th>
                  <Th>Target</Th>
                  <Th>Outcome</Th>
                  <Th className="max-lg:hidden">Reason</Th>
                  <Th>
                    <span className="sr-only">Record</span>
                  </Th>
                </Tr>
              </thead>
              <tbody>
                {events.map((event) => (
                  <AuditRow key={event.sequence} event={event} onFilter={(changed) => void setFilter(changed)} />
                ))}
              </tbody>
            </Table>
          </div>
          <More query={query} />
        </>
      )}
    </div>
  );
}

/** A whole day of UTC. */
function DayFilter({
  words,
  label,
  value,
  onChange,
}: {
  words: string;
  label: string;
  value: string | null;
  onChange: (day: string) => void;
}) {
  return (
    <span className="flex items-center gap-1.5 text-xs text-mute">
      <span aria-hidden>{words}</span>
      <input
        type="date"
        aria-label={label}
        value={value?.slice(0, 10) ?? ''}
        onChange={(event) => onChange(event.target.value)}
        className="h-[30px] rounded-[7px] border border-line-strong/70 bg-surface px-2 text-xs text-text"
      />
    </span>
  );
}

const NO_FILTER: AuditFilter = {
  query: null,
  actor: null,
  verb: null,
  outcome: null,
  targetKind: null,
  targetId: null,
  from: null,
  to: null,
};

function Filters({ filter, onChange }: { filter: AuditFilter; onChange: (changed: AuditFilter) => void }) {
  const [text, setText] = useState(filter.query ?? '');
  const filtered = Object.values(filter).some((value) => value !== null);
  const clear = () => {
    setText('');
    onChange(NO_FILTER);
  };
  return (
    <form
      role="search"
      aria-label="Filter the audit"
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ query: text.trim() === '' ? null : text.trim() });
      }}
    >
      <input
        type="search"
        aria-label="Search the audit"
        placeholder="Actor, verb, target or reason"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-[30px] w-64 max-w-full rounded-[7px] border border-control/60 bg-surface px-2.5 text-sm"
      />
      <SelectFilter
        label="Outcome"
        value={filter.outcome ?? ''}
        onChange={(value) => onChange({ outcome: OUTCOMES.find((each) => each === value) ?? null })}
        choices={[{ value: '', label: 'Any outcome' }, ...OUTCOMES.map((value) => ({ value, label: value }))]}
      />
      <SelectFilter
        label="Target"
        value={filter.targetKind ?? ''}
        onChange={(value) => onChange({ targetKind: value === '' ? null : value })}
        choices={[{ value: '', label: 'Any target' }, ...TARGETS.map((value) => ({ value, label: value }))]}
      />
      <DayFilter
        words="from"
        label="From day (UTC)"
        value={filter.from ?? null}
        onChange={(day) => onChange({ from: day === '' ? null : `${day}T00:00:00Z` })}
      />
      <DayFilter
        words="to (UTC)"
        label="To day (UTC)"
        value={filter.to ?? null}
        onChange={(day) => onChange({ to: day === '' ? null : `${day}T23:59:59Z` })}
      />
      {filtered && (
        <Button look="ghost" onClick={clear}>
          Clear filters
        </Button>
      )}
    </form>
  );
}
