'use client';

import { type SortingState, type Updater, useTable } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
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
  const columns = useMemo(
    () =>
      orderedColumns(order).flatMap(({ id, always }) =>
        always || !hidden.includes(id) ? COLUMNS.filter((column) => column.id === id) : [],
      ),
    [hidden, order],
  );
  const controlled = useMemo(() => ({ sorting }), [sorting]);
  return useTable({
    features: FEATURES,
    columns,
    data: rows,
    getRowId: rowId,
    state: controlled,
    onSortingChange,
    manualSorting: true,
    enableMultiSort: false,
  });
}

/** The grid on which header and rows stand: dragged widths in pixels, the others as they share the rest. */
export function gridOf(table: ApplicationTableModel, widths: Readonly<Record<string, number>>): string {
  const tracks = table.getAllLeafColumns().map((column) => {
    const dragged = widths[column.id];
    // A track that may shrink again: whatever was dragged, the row ends where the table does.
    return dragged === undefined ? (column.columnDef.meta?.track ?? '1fr') : `minmax(40px,${dragged}px)`;
  });
  return `32px ${tracks.join(' ')}`;
}
