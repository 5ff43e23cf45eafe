import type { FleetView } from '#lib/contracts/fleet.ts';
import { clockTime, countWords, plural } from '#lib/client/format.ts';

const WIDTH = 480;
const PLOT = 74;
const BAND = 10;

/** Deployments up, failures on top in red, drift below; 48 half hours. Drawn by the server: nothing to load. */
export function DayChart({ slots }: { slots: FleetView['lastDay'] }) {
  const step = WIDTH / Math.max(1, slots.length);
  const top = Math.max(1, ...slots.map((slot) => slot.deployments));
  const drifts = Math.max(1, ...slots.map((slot) => Math.max(slot.driftOpened, slot.driftClosed)));
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
      <svg
        viewBox={`0 0 ${WIDTH} ${PLOT + 2 * BAND + 14}`}
        role="img"
        aria-label={`Last 24 hours: ${plural(totals.deployments, 'deployment')}, ${totals.failed} failed, ${totals.opened} drifts opened, ${totals.closed} closed`}
        className="w-full"
      >
        <line x1="0" x2={WIDTH} y1={PLOT + 0.5} y2={PLOT + 0.5} className="stroke-line-strong" />
        {slots.map((slot, index) => {
          const height = (slot.deployments / top) * (PLOT - 6);
          const failed = (slot.failed / top) * (PLOT - 6);
          const x = index * step + 1;
          return (
            <g key={slot.from}>
              <title>{`${clockTime(slot.from)} UTC: ${plural(slot.deployments, 'deployment')}, ${slot.failed} failed, ${slot.driftOpened} drifts opened, ${slot.driftClosed} closed`}</title>
              <rect x={x} y={0} width={step} height={PLOT + 2 * BAND} fill="transparent" />
              <rect x={x} y={PLOT - height} width={step - 2} height={height} rx="1" className="fill-accent/60" />
              <rect x={x} y={PLOT - failed} width={step - 2} height={failed} rx="1" className="fill-bad" />
              {slot.driftOpened > 0 && (
                <rect
                  x={x}
                  y={PLOT + 4}
                  width={step - 2}
                  height={Math.max(2, (slot.driftOpened / drifts) * BAND)}
                  rx="1"
                  className="fill-violet"
                />
              )}
            </g>
          );
        })}
        {[0, 12, 24, 36, 47].map((index) => {
          const slot = slots[index];
          return (
            slot !== undefined && (
              <text
                key={slot.from}
                x={index === 47 ? WIDTH : index * step}
                y={PLOT + 2 * BAND + 12}
                textAnchor={index === 47 ? 'end' : 'start'}
                className="fill-mute text-[11px]"
              >
                {clockTime(slot.from)}
              </text>
            )
          );
        })}
      </svg>
      <figcaption className="mt-1.5 flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-mute">
        <Key className="bg-accent/60" words={`${countWords(totals.deployments)} deployments`} />
        <Key className="bg-bad" words={`${countWords(totals.failed)} failed`} />
        <Key className="bg-violet" words={`${countWords(totals.opened)} drifts, ${countWords(totals.closed)} closed`} />
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
