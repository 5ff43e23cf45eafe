'use client';

import { Columns3, Rows3 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { usePreferences } from '#components/shell/preferences.tsx';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu.tsx';
import { orderedColumns } from './columns.tsx';
import { SORTS } from './queries.ts';
import type { useApplicationList } from './use-list.ts';

const ArrangeColumns = dynamic(async () => (await import('./arrange-columns.tsx')).ArrangeColumns, { ssr: false });

const ORDERS = [
  { value: 'attention', label: 'Most urgent first' },
  { value: 'name', label: 'By name' },
  { value: 'cluster', label: 'By cluster' },
  { value: 'changed', label: 'Last changed first' },
  { value: 'deployed', label: 'Last deployed first' },
] as const;

interface ViewProps {
  list: ReturnType<typeof useApplicationList>;
  onResetWidths: () => void;
}

/** Order of the rows, columns that are shown, density. */
export function ViewMenu({ list, onResetWidths }: ViewProps) {
  const { preferences, prefer } = usePreferences();
  const [arranging, setArranging] = useState(false);
  const { hidden } = preferences;
  return (
    <>
      <Menu
        label="View"
        trigger={
          <Button>
            <Columns3 aria-hidden className="size-3.5" />
            View
          </Button>
        }
      >
        <MenuLabel>Order</MenuLabel>
        <MenuChoice
          value={list.state.sort}
          onChange={(value) =>
            void list.setState({ sort: SORTS.find((known) => known === value) ?? null, direction: null })
          }
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
              onChange={(on) =>
                prefer({ hidden: on ? hidden.filter((id) => id !== column.id) : [...hidden, column.id] })
              }
            >
              {column.label}
            </MenuCheck>
          ))}
        <MenuItem onSelect={() => setArranging(true)}>Arrange columns…</MenuItem>
        <MenuLine />
        <MenuCheck
          checked={preferences.density === 'compact'}
          onChange={(on) => prefer({ density: on ? 'compact' : 'normal' })}
        >
          <Rows3 aria-hidden className="size-4" strokeWidth={1.75} />
          Compact rows
        </MenuCheck>
      </Menu>
      {arranging && <ArrangeColumns onClose={() => setArranging(false)} onResetWidths={onResetWidths} />}
    </>
  );
}
