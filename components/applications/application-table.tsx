'use client';

import { useEffect, useRef, useState } from 'react';
import { countWords } from '#lib/client/format.ts';
import { usePreferences } from '#components/shell/preferences.tsx';
import { part } from '#components/ui/lazy.tsx';
import { useMedia } from '#components/ui/use-media.ts';
import { showRow, useWindowRows } from '#components/ui/use-window-rows.ts';
import { GRID_ROLES } from '#components/ui/table.tsx';
import { TableHeader } from './table-header.tsx';
import { TableRow } from './table-row.tsx';
import type { useApplicationList } from './use-list.ts';
import { useRowKeys } from './use-row-keys.ts';
import { type ApplicationTableModel, gridOf } from './use-table.ts';
import type { useWidths } from './use-widths.ts';

const SelectionBar = part(async () => (await import('./selection-bar.tsx')).SelectionBar, { soon: true });

const NARROW = '(max-width: 767px)';
/** Top bar and header of the table, which stay in view (pixels). */
const STICKS = { wide: 52 + 32, narrow: 52 };

interface TableProps {
  list: ReturnType<typeof useApplicationList>;
  table: ApplicationTableModel;
  widths: ReturnType<typeof useWidths>;
}

/**
 * Only rows in view exist: each lies at its place on a body as high as all of them.
 */
export function ApplicationTable({ list, table, widths }: TableProps) {
  const { total, query } = list;
  const { rows } = table.getRowModel();
  const { preferences } = usePreferences();
  const narrow = useMedia(NARROW);
  const [active, setActive] = useState(-1);
  const body = useRef<HTMLTableSectionElement>(null);
  const height = narrow ? 60 : preferences.density === 'compact' ? 28 : 36;
  const { from, to } = useWindowRows({ body, count: rows.length, height });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (to > rows.length - 25 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [to, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const clear = narrow ? STICKS.narrow : STICKS.wide;
  useRowKeys({ rows, active, setActive, scrollTo: (index) => showRow({ body, height, index, clear }) });
  const selected = rows.filter((row) => row.getIsSelected());
  const grid = gridOf(table, widths.widths);

  return (
    <>
      <table
        {...GRID_ROLES.table}
        aria-label="Applications"
        aria-rowcount={total + 1}
        className="block rounded-[10px] border border-line bg-surface text-sm"
      >
        <TableHeader table={table} grid={grid} widths={widths} />
        <tbody {...GRID_ROLES.group} ref={body} className="relative block" style={{ height: rows.length * height }}>
          {rows.slice(from, to).map((row, place) => (
            <TableRow
              key={row.id}
              row={row}
              grid={grid}
              place={{ index: from + place, top: (from + place) * height, height }}
              narrow={narrow}
              active={from + place === active}
              selected={row.getIsSelected()}
            />
          ))}
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
