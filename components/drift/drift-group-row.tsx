'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { DriftView } from '#lib/contracts/drift.ts';
import { objectWords, oneLine, plural, spanWords, utcTime } from '#lib/client/format.ts';
import { CULPRIT_LOOK } from '#components/health/states.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { Time, useNow } from '#components/ui/time.tsx';
import { TONE_TEXT, TONE_TILE } from '#components/ui/tone.ts';
import { barOf, type Range, ticksOf } from './axis.ts';

const MASK = /••••••#[0-9a-f]{12}/g;

function valueWords(value: unknown, missing: string): string {
  if (value === null || value === undefined) return missing;
  return oneLine(value).replace(MASK, '•••••• (hidden)');
}

/** Field, axis of time, actions: the header of the ledger stands on the same columns. */
export const LEDGER_GRID = 'grid gap-x-5 gap-y-1.5 md:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_176px]';

/** One drifted field, in however many applications, with its bar of time. */
export function DriftGroupRow({ members, range }: { members: readonly DriftView[]; range: Range }) {
  const [open, setOpen] = useState(false);
  const [first] = members;
  if (first === undefined) return null;
  return (
    <li className="border-t border-line first:border-0">
      <div className={cn(LEDGER_GRID, 'items-center px-4 py-2.5 text-sm')}>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-w-0 items-start gap-2 text-left"
        >
          <ChevronRight
            aria-hidden
            className={cn('mt-0.5 size-4 shrink-0 text-mute transition-transform', open && 'rotate-90')}
          />
          <span className="min-w-0">
            <span className="block font-semibold break-all">
              <code>{first.path === '' ? '(object)' : first.path}</code> {first.kind} on {objectWords(first.objectKey)}
            </span>
            <span className="block text-xs text-mute">
              {members.length === 1
                ? `${first.applicationName} on ${first.clusterName}`
                : `×${members.length}: ${members
                    .slice(0, 4)
                    .map((each) => `${each.applicationName} on ${each.clusterName}`)
                    .join(', ')}${members.length > 4 ? ', …' : ''}`}
            </span>
          </span>
        </button>
        <Lane members={members} first={first} range={range} />
        <div className="flex items-center justify-between gap-3 md:justify-end">
          <span className="text-xs whitespace-nowrap text-mute">
            {first.closedAt === null ? (
              <Time at={first.firstSeenAt} />
            ) : (
              <>
                closed <Time at={first.closedAt} />
              </>
            )}
          </span>
          {members.length === 1 && first.closedAt === null && <RevertButton drift={first} />}
        </div>
      </div>
      {open && <DriftDetails members={members} />}
    </li>
  );
}

/** Who changed it from what to what, over the time it lasted. */
function Lane({ members, first, range }: { members: readonly DriftView[]; first: DriftView; range: Range }) {
  const now = useNow();
  const look = CULPRIT_LOOK[first.culprit];
  const start = Math.min(...members.map((each) => Date.parse(each.firstSeenAt)));
  const end =
    first.closedAt === null ? null : Math.max(...members.map((each) => Date.parse(each.closedAt ?? each.lastSeenAt)));
  const bar = barOf(range, now, { start, end });
  const lasted = spanWords((end ?? now) - start) ?? 'over 60 days';
  return (
    <div className="min-w-0">
      <p className="flex min-w-0 items-baseline gap-2 text-xs">
        <span className="shrink-0">
          <b className={TONE_TEXT[look.tone]}>{first.manager ?? 'unknown'}</b>{' '}
          <span className="text-mute">({look.word})</span>
        </span>
        <span className="min-w-0 truncate">
          <span className="rounded bg-del px-1">{valueWords(first.before, 'not set')}</span>{' '}
          <span className="text-mute">→</span>{' '}
          <span className="rounded bg-add px-1">{valueWords(first.after, 'not set')}</span>
        </span>
      </p>
      <div
        role="img"
        aria-label={`${end === null ? 'Open for' : 'Lasted'} ${lasted}, since ${utcTime(start)}`}
        title={`${utcTime(start)} to ${end === null ? 'now' : utcTime(end)}`}
        suppressHydrationWarning
        className="relative mt-1 h-2 overflow-hidden rounded-full bg-grey-soft"
      >
        {ticksOf(range, now).map((tick) => (
          <i
            key={tick.label}
            aria-hidden
            suppressHydrationWarning
            className="absolute inset-y-0 w-px bg-line-strong/70"
            style={{ left: `${tick.at}%` }}
          />
        ))}
        {bar !== null && (
          <i
            aria-hidden
            suppressHydrationWarning
            className={cn('absolute inset-y-0', TONE_TILE[look.tone], bar.before ? 'rounded-r-full' : 'rounded-full')}
            style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
          />
        )}
      </div>
    </div>
  );
}

function RevertButton({ drift }: { drift: DriftView }) {
  const plan = usePlanning();
  const whyNot = useWhyNot();
  return (
    <Button
      reason={whyNot('drift:revert')}
      aria-label={`Revert ${objectWords(drift.objectKey)} of ${drift.applicationName} on ${drift.clusterName}`}
      onClick={() =>
        plan({
          application: { id: drift.applicationId, name: drift.applicationName },
          act: { kind: 'revert', resources: [drift.objectKey] },
        })
      }
    >
      Revert…
    </Button>
  );
}

function DriftDetails({ members }: { members: readonly DriftView[] }) {
  const [first] = members;
  if (first === undefined) return null;
  return (
    <div className="space-y-3 border-t border-line bg-raise px-4 py-3 text-sm">
      <div className="grid gap-3 md:grid-cols-2">
        <Value title="Before, as deployed" value={valueWords(first.before, 'not set')} className="bg-del" />
        <Value
          title={first.closedAt === null ? 'After, as it is live' : 'After, as it was live'}
          value={valueWords(first.after, 'not set')}
          className="bg-add"
        />
      </div>
      <p className="text-xs text-mute">{plural(members.length, 'application')} with the same change:</p>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {members.map((drift) => (
          <li key={drift.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-xs">
            <Link href={`/applications/${drift.applicationId}`} className="font-semibold text-accent hover:underline">
              {drift.applicationName}
            </Link>
            <span>{drift.clusterName}</span>
            <Badge tone={CULPRIT_LOOK[drift.culprit].tone}>{drift.manager ?? 'unknown manager'}</Badge>
            <span className="text-mute">
              {drift.operation ?? 'operation unknown'}
              {drift.managerTime !== null && (
                <>
                  {' '}
                  <Time at={drift.managerTime} />
                </>
              )}
              {!drift.certain && ' · probably'} · first seen <Time at={drift.firstSeenAt} />
              {drift.count > 1 && ` · changed ${drift.count} times`}
              {drift.fought && ` · fought over: put right ${drift.heals} times`}
            </span>
            <span className="ml-auto">
              {drift.closedAt === null ? (
                <RevertButton drift={drift} />
              ) : (
                <>
                  closed <Time at={drift.closedAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Value({ title, value, className }: { title: string; value: string; className: string }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-medium text-mute">{title}</h3>
      <pre className={cn('max-h-60 overflow-auto rounded-md px-3 py-2 break-all whitespace-pre-wrap', className)}>
        {value}
      </pre>
    </div>
  );
}
