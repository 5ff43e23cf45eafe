'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { memo, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { DRIFT_LOOK, HEALTH_LOOK, PIN_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { cn } from '#components/ui/class-names.ts';
import type { Column } from './columns.tsx';

interface RowProps {
  row: ApplicationRow;
  columns: readonly Column[];
  grid: string;
  place: { index: number; top: number; height: number };
  narrow: boolean;
  active: boolean;
  selected: boolean;
  onPick: (range: boolean) => void;
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

export const TableRow = memo(function TableRow({
  row,
  columns,
  grid,
  place,
  narrow,
  active,
  selected,
  onPick,
}: RowProps) {
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
    <div
      role="row"
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
        active && 'bg-hover shadow-[inset_2px_0_0_var(--accent)]',
        row.stale && 'text-mute',
      )}
    >
      {glow > 0 && <span key={glow} aria-hidden className="pointer-events-none absolute inset-0 animate-glow" />}
      <span role="cell" className={cn('relative grid place-items-center', narrow && 'hidden')}>
        <input
          type="checkbox"
          aria-label={`Select ${row.name} on ${row.clusterName}`}
          checked={selected}
          onChange={() => undefined}
          onClick={(event) => onPick(event.shiftKey)}
          className="size-3.5 accent-[var(--accent)]"
        />
      </span>
      {narrow ? (
        <NarrowCell row={row} href={href} />
      ) : (
        columns.map((column) => (
          <span key={column.id} role="cell" className="relative min-w-0 truncate">
            {column.id === 'name' ? (
              <Link href={href} prefetch={false} aria-label={row.name} className="block -outline-offset-2">
                {column.cell(row)}
              </Link>
            ) : (
              column.cell(row)
            )}
          </span>
        ))
      )}
    </div>
  );
});

function NarrowCell({ row, href }: { row: ApplicationRow; href: string }) {
  return (
    <span role="cell" className="min-w-0 flex-1 px-1">
      <span className="flex items-center gap-2">
        <Link href={href} prefetch={false} className="truncate font-semibold">
          {row.name}
        </Link>
        <span className="ml-auto flex shrink-0 gap-2">
          {row.pinned && <StateBadge look={PIN_LOOK} bare />}
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
    </span>
  );
}
