'use client';

import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import type { FleetView } from '#lib/contracts/fleet.ts';
import { clockTime, plural } from '#lib/client/format.ts';
import { usePreferences } from '#components/shell/preferences.tsx';
import { useMedia } from '#components/ui/use-media.ts';

type Slots = FleetView['lastDay'];

const SLOT = 30 * 60;
/** How far drift hangs below the line, as a part of how high deployments stand over it. */
const BELOW = 0.3;
const FONT = "11px 'Inter Variable', system-ui, sans-serif";

/** Canvas knows no CSS variables, and ours hold both schemes: the browser resolves them on an element. */
function inksOf(element: HTMLElement) {
  const probe = element.appendChild(document.createElement('i'));
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const inks = {
    bar: read('--tile-blue'),
    bad: read('--bad'),
    violet: read('--violet'),
    text: read('--mute'),
    line: read('--line'),
  };
  probe.remove();
  return inks;
}

function columnsOf(slots: Slots): UPlot.AlignedData {
  // A bar of nothing would still be a line of its colour.
  const bars = (pick: (slot: Slots[number]) => number) => slots.map((slot) => pick(slot) || null);
  return [
    slots.map((slot) => Date.parse(slot.from) / 1000),
    bars((slot) => slot.deployments),
    bars((slot) => slot.failed),
    bars((slot) => -slot.driftOpened),
  ];
}

const topOf = (...rows: (ArrayLike<number | null | undefined> | undefined)[]) =>
  Math.max(1, ...rows.flatMap((row) => Array.from(row ?? [], (value) => Math.abs(value ?? 0))));
const mostActs = (plot: UPlot) => topOf(plot.data[1], plot.data[2]);

function optionsOf(element: HTMLElement, onSlot: (slot: number | null, left: number) => void): UPlot.Options {
  const ink = inksOf(element);
  const bars = UPlot.paths.bars?.({ size: [0.78, 16], align: 1 });
  const series = (fill: string, scale = 'count'): UPlot.Series => ({
    fill,
    scale,
    width: 0,
    points: { show: false },
    ...(bars === undefined ? {} : { paths: bars }),
  });
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    padding: [9, 6, 0, 0],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    series: [{}, series(ink.bar), series(ink.bad), series(ink.violet, 'drift')],
    scales: {
      x: { time: true, range: (_, min, max) => [min, max + SLOT] },
      count: { range: (plot) => [-BELOW * mostActs(plot), mostActs(plot)] },
      drift: { range: (plot) => [-topOf(plot.data[3]), topOf(plot.data[3]) / BELOW] },
    },
    axes: [
      {
        stroke: ink.text,
        font: FONT,
        size: 20,
        gap: 2,
        space: 60,
        grid: { show: false },
        ticks: { stroke: ink.line, width: 1, size: 3 },
        incrs: [3600, 7200, 10_800, 21_600],
        values: (_, splits) => splits.map((at) => clockTime(at * 1000)),
      },
      {
        scale: 'count',
        stroke: ink.text,
        font: FONT,
        size: 26,
        gap: 4,
        grid: { stroke: ink.line, width: 1 },
        ticks: { show: false },
        splits: (plot) => [0, mostActs(plot)],
      },
    ],
    tzDate: (at) => UPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
    hooks: {
      setCursor: [
        (plot) => {
          const { left = -1 } = plot.cursor;
          const first = plot.data[0][0] ?? 0;
          const slot = Math.floor((plot.posToVal(left, 'x') - first) / SLOT);
          onSlot(
            left < 0 || slot < 0 || slot >= plot.data[0].length ? null : slot,
            left + plot.bbox.left / UPlot.pxRatio,
          );
        },
      ],
    },
  };
}

/** Deployments stand on the line, failed ones in red; drift hangs below; a crosshair reads the half hour under it. */
export function DayPlot({ slots }: { slots: Slots }) {
  const { preferences } = usePreferences();
  const dark = useMedia('(prefers-color-scheme: dark)');
  // Another scheme is another set of inks, which a canvas takes only when it is made.
  return <Plot key={`${preferences.theme} ${dark}`} slots={slots} />;
}

function Plot({ slots }: { slots: Slots }) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  const latest = useRef(slots);
  const [hover, setHover] = useState<{ slot: number; left: number } | null>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const made = new UPlot(
      optionsOf(element, (slot, left) => setHover(slot === null ? null : { slot, left })),
      columnsOf(latest.current),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, []);
  useEffect(() => {
    latest.current = slots;
    plot.current?.setData(columnsOf(slots));
  }, [slots]);
  const shown = hover === null ? undefined : slots[hover.slot];
  return (
    <div ref={frame} className="absolute inset-0">
      {hover !== null && shown !== undefined && <SlotWords slot={shown} left={hover.left} />}
    </div>
  );
}

function SlotWords({ slot, left }: { slot: Slots[number]; left: number }) {
  return (
    <p
      className="pointer-events-none absolute top-0 z-10 w-44 rounded-md border border-line bg-surface px-2 py-1 text-xs shadow-pop"
      style={{ left: `clamp(0px, ${left}px - 88px, 100% - 176px)`, transform: 'translateY(-100%)' }}
    >
      <b className="block font-semibold">
        {clockTime(slot.from)} to {clockTime(Date.parse(slot.from) + SLOT * 1000)} UTC
      </b>
      {plural(slot.deployments, 'deployment')}
      {slot.failed > 0 && <span className="text-bad">, {slot.failed} failed</span>}
      <span className="block">
        {plural(slot.driftOpened, 'drift')}, {slot.driftClosed} closed
      </span>
    </p>
  );
}
