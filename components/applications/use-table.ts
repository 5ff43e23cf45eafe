'use client';

import { type SortingState, type Updater, useTable } from '@tanstack/react-table';
import { useCallback, useEffect, useMemo } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { usePreferences } from '#components/shell/preferences.tsx';
import { COLUMNS, FEATURES, orderedColumns } from './columns.tsx';
import { SORTS } from './queries.ts';
import type { useApplicationList } from './use-list.ts';

export type ApplicationTableModel = ReturnType<typeof useApplicationTable>;

const rowId = (row: ApplicationRow) => row.id;

/** Orders that fall unless somebody turns them round. */
const FALLING = new Set(['attention', 'changed', 'deployed']);

/** The table's model: order of rows from the address, columns from the preferences, selection of its own. */
export function useApplicationTable({ rows, state, setState }: ReturnType<typeof useApplicationList>) {
  const { preferences } = usePreferences();
  const { hidden, order } = preferences;
  const { sort, direction } = state;
  const sorting = useMemo<SortingState>(
    // Attention and the last change have no column: no header may claim them.
    () =>
      COLUMNS.some((column) => column.id === sort)
        ? [{ id: sort, desc: (direction ?? (FALLING.has(sort) ? 'desc' : 'asc')) === 'desc' }]
        : [],
    [sort, direction],
  );
  const onSortingChange = useCallback(
    (updater: Updater<SortingState>) => {
      const [next] = typeof updater === 'function' ? updater(sorting) : updater;
      const by = SORTS.find((known) => known === next?.id);
      if (by === undefined || next === undefined) void setState({ sort: null, direction: null });
      else void setState({ sort: by, direction: next.desc === FALLING.has(by) ? null : next.desc ? 'desc' : 'asc' });
    },
    [sorting, setState],
  );
  const controlled = useMemo(
    () => ({
      sorting,
      columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])),
      columnOrder: orderedColumns(order).map((column) => column.id),
    }),
    [sorting, hidden, order],
  );
  const table = useTable({
    features: FEATURES,
    columns: COLUMNS,
    data: rows,
    getRowId: rowId,
    state: controlled,
    initialState: { columnSizing: sizesOf(preferences.widths) },
    onSortingChange,
    manualSorting: true,
    enableMultiSort: false,
    columnResizeMode: 'onChange',
  });
  useKeptWidths(table.state.columnSizing, table.state.columnResizing.isResizingColumn !== false);
  return table;
}

function sizesOf(widths: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    widths.map((width) => {
      const [id = '', pixels = '0'] = width.split('_');
      return [id, Number(pixels)];
    }),
  );
}

/** Widths are kept when the hand lets go, not while it drags. */
function useKeptWidths(sizing: Readonly<Record<string, number>>, dragging: boolean): void {
  const { preferences, prefer } = usePreferences();
  const widths = Object.entries(sizing).map(([id, width]) => `${id}_${Math.round(Math.min(999, Math.max(40, width)))}`);
  const text = widths.join('.');
  const kept = preferences.widths.join('.');
  useEffect(() => {
    if (!dragging && text !== kept) prefer({ widths: text === '' ? [] : text.split('.') });
  }, [dragging, text, kept, prefer]);
}

/** The grid on which header and rows stand: dragged widths in pixels, the others as they share the rest. */
export function gridOf(table: ApplicationTableModel): string {
  const sizes = table.state.columnSizing;
  const tracks = table.getVisibleLeafColumns().map((column) => {
    const dragged = sizes[column.id];
    // A track that may shrink again: whatever was dragged, the row ends where the table does.
    return dragged === undefined
      ? (column.columnDef.meta?.track ?? '1fr')
      : `minmax(40px,${Math.max(40, Math.round(dragged))}px)`;
  });
  return `32px ${tracks.join(' ')}`;
}
