'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { countWords } from '#lib/client/format.ts';
import { usePreferences } from '#components/shell/preferences.tsx';
import { useMedia } from '#components/ui/use-media.ts';
import { GRID_ROLES } from '#components/ui/table.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TableHeader } from './table-header.tsx';
import { TableRow } from './table-row.tsx';
import type { useApplicationList } from './use-list.ts';
import { useRowKeys } from './use-row-keys.ts';
import { type ApplicationTableModel, gridOf } from './use-table.ts';

/** How many rows the server paints before the browser measures. */
const FIRST_ROWS = 40;
const NARROW = '(max-width: 767px)';

interface TableProps {
  list: ReturnType<typeof useApplicationList>;
  table: ApplicationTableModel;
}

/**
 * Only rows in view exist: each lies at its place on a body as high as all of them.
 */
export function ApplicationTable({ list, table }: TableProps) {
  const { total, query } = list;
  const { rows } = table.getRowModel();
  const { preferences } = usePreferences();
  const narrow = useMedia(NARROW);
  const [active, setActive] = useState(-1);
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(body.current?.offsetTop ?? 0), [narrow]);
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
  useRowKeys({ rows, active, setActive, scrollTo: (index) => virtual.scrollToIndex(index) });
  const selected = rows.filter((row) => row.getIsSelected());
  const grid = gridOf(table);

  return (
    <>
      <table
        {...GRID_ROLES.table}
        aria-label="Applications"
        aria-rowcount={total + 1}
        className="block rounded-[10px] border border-line bg-surface text-sm"
      >
        <TableHeader table={table} />
        <tbody {...GRID_ROLES.group} ref={body} className="relative block" style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <TableRow
                  key={row.id}
                  row={row}
                  grid={grid}
                  place={{ index: item.index, top: item.start - offset, height }}
                  narrow={narrow}
                  active={item.index === active}
                  selected={row.getIsSelected()}
                />
              )
            );
          })}
        </tbody>
      </table>
      <p role="status" className="py-2 text-xs text-mute">
        {isFetchingNextPage ? 'Loading more…' : `${countWords(rows.length)} of ${countWords(total)} loaded`}
      </p>
      {selected.length > 0 && (
        <SelectionBar rows={selected.map((row) => row.original)} onClear={() => table.resetRowSelection(true)} />
      )}
    </>
  );
}
