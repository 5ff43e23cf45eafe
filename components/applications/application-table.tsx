'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { plural } from '#lib/client/format.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { usePreferences } from '#components/shell/preferences.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { useShortcuts } from '#components/shell/use-shortcuts.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { announce } from '#components/shell/toasts.ts';
import { TableRow } from './table-row.tsx';
import { type Column, shownColumns } from './columns.tsx';
import type { useApplicationList } from './use-list.ts';
import { useRefresh } from './use-refresh.ts';

/** How many rows the server paints before the browser measures. */
const FIRST_ROWS = 40;
const NARROW = '(max-width: 767px)';

function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(NARROW);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
}

export function ApplicationTable({ list }: { list: ReturnType<typeof useApplicationList> }) {
  const { rows, total, query } = list;
  const { preferences } = usePreferences();
  const narrow = useNarrow();
  const { columns, grid } = shownColumns(preferences.hidden);
  const [active, setActive] = useState(-1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const lastPicked = useRef(-1);
  const body = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(body.current?.offsetTop ?? 0), [selected.size]);
  const height = narrow ? 60 : preferences.density === 'compact' ? 28 : 36;
  // oxlint-disable-next-line react/incompatible-library -- it keeps its own subscription; nothing here memoises on it
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: offset,
    initialRect: { width: 1200, height: FIRST_ROWS * 36 },
  });
  useEffect(() => virtual.measure(), [height, virtual]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (last > rows.length - 25 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const pick = (index: number, range: boolean) => {
    const row = rows[index];
    if (row === undefined) return;
    const next = new Set(selected);
    const on = !next.has(row.id);
    const from = range && lastPicked.current >= 0 ? Math.min(lastPicked.current, index) : index;
    const to = range && lastPicked.current >= 0 ? Math.max(lastPicked.current, index) : index;
    for (const each of rows.slice(from, to + 1)) {
      if (on) next.add(each.id);
      else next.delete(each.id);
    }
    lastPicked.current = index;
    setSelected(next);
  };
  useRowKeys({ rows, active, setActive, pick, scrollTo: (index) => virtual.scrollToIndex(index) });

  return (
    <>
      {selected.size > 0 && (
        <SelectionBar rows={rows.filter((row) => selected.has(row.id))} onClear={() => setSelected(new Set())} />
      )}
      <div
        role="table"
        aria-label="Applications"
        aria-rowcount={total + 1}
        className="rounded-[10px] border border-line bg-surface text-sm"
      >
        <HeaderRow columns={columns} grid={grid} list={list} />
        <div role="rowgroup" ref={body} className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <TableRow
                  key={row.id}
                  row={row}
                  columns={columns}
                  grid={grid}
                  place={{ index: item.index, top: item.start - offset, height }}
                  narrow={narrow}
                  active={item.index === active}
                  selected={selected.has(row.id)}
                  onPick={(range) => pick(item.index, range)}
                />
              )
            );
          })}
        </div>
      </div>
      <p role="status" className="py-2 text-xs text-mute">
        {isFetchingNextPage ? 'Loading more…' : `${rows.length} of ${total} loaded`}
      </p>
    </>
  );
}

function useRowKeys(options: {
  rows: readonly ApplicationRow[];
  active: number;
  setActive: (index: number) => void;
  pick: (index: number, range: boolean) => void;
  scrollTo: (index: number) => void;
}) {
  const { rows, active, setActive, pick, scrollTo } = options;
  const router = useRouter();
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const refresh = useRefresh();
  const row = rows[active];
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, active + step));
    setActive(next);
    scrollTo(next);
  };
  const allowed = (permission: Parameters<typeof whyNot>[0], act: () => void) => {
    const reason = whyNot(permission);
    if (row === undefined) return;
    if (reason === null) act();
    else announce('Not allowed', { description: reason });
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    Enter: row && (() => router.push(`/applications/${row.id}`)),
    x: row && (() => pick(active, false)),
    s: row && (() => allowed('applications:sync', () => plan({ application: row, act: { kind: 'sync' } }))),
    r: row && (() => allowed('applications:refresh', () => refresh.mutate(row))),
    'Shift+R':
      row &&
      (() =>
        allowed('applications:rollback', () => plan({ application: row, act: { kind: 'rollback', method: 'git' } }))),
  });
}

function SelectionBar({ rows, onClear }: { rows: readonly ApplicationRow[]; onClear: () => void }) {
  const refresh = useRefresh();
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const only = rows.length === 1 ? rows[0] : undefined;
  return (
    <div
      role="region"
      aria-label="Selection"
      className="mb-2 flex flex-wrap items-center gap-2 rounded-lg border border-accent/40 bg-blue-soft/50 px-3 py-1.5 text-sm"
    >
      <span role="status">{plural(rows.length, 'application')} selected</span>
      <div className="ml-auto flex gap-2">
        <Button reason={whyNot('applications:refresh')} onClick={() => rows.forEach((row) => refresh.mutate(row))}>
          Refresh {rows.length > 1 ? 'all' : ''}
        </Button>
        <Button
          reason={
            whyNot('applications:sync') ??
            (only === undefined ? 'A plan is looked at one application at a time; select one' : null)
          }
          onClick={() => only !== undefined && plan({ application: only, act: { kind: 'sync' } })}
        >
          Sync…
        </Button>
        <Button look="ghost" onClick={onClear}>
          Clear selection
        </Button>
      </div>
    </div>
  );
}

function HeaderRow({
  columns,
  grid,
  list,
}: {
  columns: readonly Column[];
  grid: string;
  list: ReturnType<typeof useApplicationList>;
}) {
  const { state, sortBy } = list;
  return (
    <div role="rowgroup" className="sticky top-[52px] z-10 rounded-t-[10px] bg-surface max-md:sr-only">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 items-center gap-x-3 border-b border-line px-2 text-xs font-medium text-mute"
        style={{ gridTemplateColumns: grid }}
      >
        <span role="columnheader">
          <span className="sr-only">Selected</span>
        </span>
        {columns.map((column) => {
          const on = column.sort !== undefined && state.sort === column.sort;
          const falls = column.sort === 'attention' || column.sort === 'deployed';
          const descending = (state.direction ?? (falls ? 'desc' : 'asc')) === 'desc';
          const Arrow = descending ? ArrowDown : ArrowUp;
          const { sort } = column;
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={on ? (descending ? 'descending' : 'ascending') : undefined}
              className="truncate"
            >
              {sort === undefined ? (
                column.label
              ) : (
                <button
                  type="button"
                  onClick={() => sortBy(sort)}
                  className={cn('inline-flex items-center gap-1 hover:text-text', on && 'text-text')}
                >
                  {column.label}
                  {on && <Arrow aria-hidden className="size-3" />}
                </button>
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}
