'use client';

import type { Header } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { cn } from '#components/ui/class-names.ts';
import { GRID_ROLES } from '#components/ui/table.tsx';
import type { FEATURES } from './columns.tsx';
import type { ApplicationTableModel } from './use-table.ts';
import type { useWidths } from './use-widths.ts';

type ColumnHeader = Header<typeof FEATURES, ApplicationRow>;

interface HeaderProps {
  table: ApplicationTableModel;
  grid: string;
  widths: ReturnType<typeof useWidths>;
}

/** Names of the columns: click sorts where the server can, an edge drags. */
export function TableHeader({ table, grid, widths }: HeaderProps) {
  return (
    <thead {...GRID_ROLES.group} className="sticky top-[52px] z-10 block rounded-t-[10px] bg-surface max-md:sr-only">
      <tr
        {...GRID_ROLES.row}
        aria-rowindex={1}
        className="grid h-8 items-center gap-x-3 border-b border-line px-2 text-xs font-medium text-mute"
        style={{ gridTemplateColumns: grid }}
      >
        <th {...GRID_ROLES.head} scope="col" className="grid place-items-center">
          <SelectAll table={table} />
        </th>
        {table.getFlatHeaders().map((header) => (
          <ColumnHead key={header.id} header={header} widths={widths} />
        ))}
      </tr>
    </thead>
  );
}

function SelectAll({ table }: { table: ApplicationTableModel }) {
  const box = useRef<HTMLInputElement>(null);
  const some = table.getIsSomeRowsSelected();
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = some;
  }, [some]);
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label="Select all loaded applications"
      checked={table.getIsAllRowsSelected()}
      onChange={table.getToggleAllRowsSelectedHandler()}
      className="size-3.5 accent-[var(--accent)]"
    />
  );
}

function ColumnHead({ header, widths }: { header: ColumnHeader; widths: HeaderProps['widths'] }) {
  const { column } = header;
  const sorted = column.getIsSorted();
  const label = column.columnDef.meta?.label;
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp;
  return (
    <th
      {...GRID_ROLES.head}
      scope="col"
      aria-sort={sorted === false ? undefined : sorted === 'desc' ? 'descending' : 'ascending'}
      className="relative h-full text-left font-medium"
    >
      <span className="flex h-full items-center truncate">
        {column.getCanSort() ? (
          <button
            type="button"
            onClick={column.getToggleSortingHandler()}
            className={cn('inline-flex items-center gap-1 hover:text-text', sorted !== false && 'text-text')}
          >
            {label}
            {sorted !== false && <Arrow aria-hidden className="size-3" />}
          </button>
        ) : (
          label
        )}
      </span>
      {/* Only a pointer drags; what it hides, every cell still says in its title and on its page. */}
      <span
        aria-hidden
        {...widths.edge(column.id)}
        className={cn(
          'absolute inset-y-1 -right-2 w-2 cursor-col-resize touch-none border-r-2',
          widths.dragging === column.id ? 'border-accent' : 'border-transparent hover:border-line-strong',
        )}
      />
    </th>
  );
}
