'use client';

import { Rows3 } from 'lucide-react';
import { usePreferences } from '#components/shell/preferences.tsx';
import { MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu.tsx';
import { orderedColumns } from './columns.tsx';
import { SORTS } from './queries.ts';
import type { useApplicationList } from './use-list.ts';

const ORDERS = [
  { value: 'attention', label: 'Most urgent first' },
  { value: 'name', label: 'By name' },
  { value: 'cluster', label: 'By cluster' },
  { value: 'changed', label: 'Last changed first' },
  { value: 'deployed', label: 'Last deployed first' },
] as const;

interface ViewItemsProps {
  list: ReturnType<typeof useApplicationList>;
  onArrange: () => void;
}

export function ViewItems({ list: { state, setState }, onArrange }: ViewItemsProps) {
  const { preferences, prefer } = usePreferences();
  const { hidden } = preferences;
  return (
    <>
      <MenuLabel>Order</MenuLabel>
      <MenuChoice
        value={state.sort}
        onChange={(value) => void setState({ sort: SORTS.find((known) => known === value) ?? null, direction: null })}
        choices={ORDERS}
      />
      <MenuLine />
      <MenuLabel>Columns</MenuLabel>
      {orderedColumns(preferences.order)
        .filter((column) => !column.always)
        .map((column) => (
          <MenuCheck
            key={column.id}
            checked={!hidden.includes(column.id)}
            onChange={(on) => prefer({ hidden: on ? hidden.filter((id) => id !== column.id) : [...hidden, column.id] })}
          >
            {column.label}
          </MenuCheck>
        ))}
      <MenuItem onSelect={onArrange}>Arrange columns…</MenuItem>
      <MenuLine />
      <MenuCheck
        checked={preferences.density === 'compact'}
        onChange={(on) => prefer({ density: on ? 'compact' : 'normal' })}
      >
        <Rows3 aria-hidden className="size-4" strokeWidth={1.75} />
        Compact rows
      </MenuCheck>
    </>
  );
}
