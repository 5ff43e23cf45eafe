'use client';

import { FlexRender, type Row } from '@tanstack/react-table';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { memo, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { DRIFT_LOOK, HEALTH_LOOK, PIN_LOOK, SUSPENSION_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { cn } from '#components/ui/class-names.ts';
import { GRID_ROLES } from '#components/ui/table.tsx';
import type { FEATURES } from './columns.tsx';

interface RowProps {
  row: Row<typeof FEATURES, ApplicationRow>;
  /** Changes with the columns, their order and widths. */
  grid: string;
  place: { index: number; top: number; height: number };
  narrow: boolean;
  active: boolean;
  selected: boolean;
}

/** The model makes its rows anew with every answer; a row is another only when what it shows is. */
function sameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.row.original === after.row.original &&
    before.grid === after.grid &&
    before.place.index === after.place.index &&
    before.place.top === after.place.top &&
    before.place.height === after.place.height &&
    before.narrow === after.narrow &&
    before.active === after.active &&
    before.selected === after.selected
  );
}

/** Counts changes of a row since it came into view, so that each glows once. */
function useGlow(changedAt: string): number {
  const before = useRef(changedAt);
  const [glow, setGlow] = useState(0);
  useEffect(() => {
    if (before.current === changedAt) return;
    before.current = changedAt;
    setGlow((count) => count + 1);
  }, [changedAt]);
  return glow;
}

export const TableRow = memo(function TableRow({ row: model, grid, place, narrow, active, selected }: RowProps) {
  const row = model.original;
  const router = useRouter();
  const glow = useGlow(row.changedAt);
  const href = `/applications/${row.id}`;
  const open = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest('a, button, input, label') !== null) return;
    if (window.getSelection()?.toString() !== '') return;
    router.push(href);
  };
  return (
    // The name in the row is the link that keyboards and screen readers use; the row only widens its target.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <tr
      {...GRID_ROLES.row}
      aria-rowindex={place.index + 2}
      aria-selected={selected}
      onClick={open}
      style={{
        height: place.height,
        transform: `translateY(${place.top}px)`,
        ...(narrow ? {} : { gridTemplateColumns: grid }),
      }}
      className={cn(
        'absolute inset-x-0 top-0 cursor-pointer items-center gap-x-3 border-b border-line px-2 hover:bg-hover',
        narrow ? 'flex' : 'grid',
        selected && 'bg-blue-soft/50',
        active && 'shadow-[inset_2px_0_0_var(--accent)]',
        active && !selected && 'bg-hover',
        row.stale && 'text-mute',
      )}
    >
      <td {...GRID_ROLES.cell} className={narrow ? 'hidden' : 'grid place-items-center'}>
        {!narrow && <Glow count={glow} />}
        <input
          type="checkbox"
          aria-label={`Select ${row.name} on ${row.clusterName}`}
          checked={selected}
          onChange={model.getToggleSelectedHandler()}
          className="size-3.5 accent-[var(--accent)]"
        />
      </td>
      {narrow ? (
        <NarrowCell row={row} href={href} glow={glow} />
      ) : (
        model.getAllCells().map((cell) => (
          <td key={cell.id} {...GRID_ROLES.cell} className="relative min-w-0 truncate">
            {cell.column.id === 'name' ? (
              <Link href={href} prefetch={false} aria-label={row.name} className="block -outline-offset-2">
                <FlexRender cell={cell} />
              </Link>
            ) : (
              <FlexRender cell={cell} />
            )}
          </td>
        ))
      )}
    </tr>
  );
}, sameRow);

/** Over the whole row, which is the nearest thing that is placed. */
function Glow({ count }: { count: number }) {
  return count > 0 && <span key={count} aria-hidden className="pointer-events-none absolute inset-0 animate-glow" />;
}

function NarrowCell({ row, href, glow }: { row: ApplicationRow; href: string; glow: number }) {
  return (
    <td {...GRID_ROLES.cell} className="min-w-0 flex-1 px-1">
      <Glow count={glow} />
      <span className="flex items-center gap-2">
        <Link href={href} prefetch={false} className="truncate font-semibold">
          {row.name}
        </Link>
        <span className="ml-auto flex shrink-0 gap-2">
          {row.pinned && <StateBadge look={PIN_LOOK} bare />}
          {row.suspended && <StateBadge look={SUSPENSION_LOOK} bare />}
          {row.driftCount > 0 && (
            <StateBadge look={DRIFT_LOOK} bare>
              {String(row.driftCount)}
            </StateBadge>
          )}
          <StateBadge look={HEALTH_LOOK[row.health]} bare stale={row.stale} />
        </span>
      </span>
      <span className="flex items-center gap-2 text-xs text-mute">
        <span className="truncate">
          {row.clusterName} · {row.namespace}
          {row.cause !== '' && ` · ${row.cause}`}
        </span>
        <span className="ml-auto shrink-0">
          <StateBadge look={SYNC_LOOK[row.sync]} bare stale={row.stale} />
        </span>
      </span>
    </td>
  );
}
