'use client';

import type { FleetView } from '#lib/contracts/fleet.ts';
import { countWords, plural } from '#lib/client/format.ts';
import { part, useQuiet } from '#components/ui/lazy.tsx';

const DayPlot = part(async () => (await import('./day-plot.tsx')).DayPlot, {
  sentence: 'This browser could not draw it; the figures below are complete.',
});

/** Deployments and drift of the last day on one axis of time. The figures are there at once, the drawing follows in its place. */
export function DayChart({ slots }: { slots: FleetView['lastDay'] }) {
  const quiet = useQuiet();
  const sum = (pick: (slot: FleetView['lastDay'][number]) => number) =>
    slots.reduce((total, slot) => total + pick(slot), 0);
  const totals = {
    deployments: sum((slot) => slot.deployments),
    failed: sum((slot) => slot.failed),
    opened: sum((slot) => slot.driftOpened),
    closed: sum((slot) => slot.driftClosed),
  };
  return (
    <figure>
      <div
        role="img"
        aria-label={`Last 24 hours: ${plural(totals.deployments, 'deployment')}, ${totals.failed} failed, ${plural(totals.opened, 'drift')} opened, ${totals.closed} closed`}
        className="relative h-32"
      >
        {quiet && <DayPlot slots={slots} />}
      </div>
      <figcaption className="mt-1.5 flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-mute">
        <Key className="bg-tile-blue" words={plural(totals.deployments, 'deployment')} />
        <Key className="bg-bad" words={`${countWords(totals.failed)} failed`} />
        <Key
          className="bg-violet"
          words={`${plural(totals.opened, 'drift')} opened, ${countWords(totals.closed)} closed`}
        />
      </figcaption>
    </figure>
  );
}

function Key({ className, words }: { className: string; words: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <i aria-hidden className={`size-2 rounded-[3px] ${className}`} />
      {words}
    </span>
  );
}
