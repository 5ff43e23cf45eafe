'use client';

import { ChevronRight, GitCommitHorizontal, OctagonX, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { PlannedObject, PlanResult } from '#lib/contracts/operations.ts';
import { confirmationOf } from '#lib/domain/sync/confirmation.ts';
import { plural, shortSha } from '#lib/client/format.ts';
import { DiffModeSwitch, useDiffMode } from '#components/diff/diff-mode.tsx';
import { LazyDiff } from '#components/diff/lazy-diff.tsx';
import { NeedsReplace } from '#components/diff/needs-replace.tsx';
import { FORGE_WORDS } from '#lib/client/forges.ts';
import { ACTION_LOOK } from '#components/health/acts.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/class-names.ts';
import { TextField } from '#components/ui/field.tsx';

interface DetailsProps {
  result: PlanResult;
  nothing: boolean;
  typed: string;
  onTyped: (typed: string) => void;
}

const ORDER = ['conflict', 'prune', 'create', 'change', 'hook', 'unchanged'];

/** Everything a person should know before the click. */
export function PlanDetails({ result, nothing, typed, onTyped }: DetailsProps) {
  const { counts } = result;
  const moving = result.objects
    .filter((each) => each.action !== 'unchanged')
    .toSorted((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
  const typedName = confirmationOf(result.guards);
  return (
    <div className="space-y-3">
      <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <Count value={counts.create} words="to create" className="text-ok" />
        <Count value={counts.change} words="to change" className="text-blue" />
        <Count value={counts.prune} words="to prune" className="text-bad" />
        {counts.conflict > 0 && <Count value={counts.conflict} words="in conflict" className="text-bad" />}
        {counts.hook > 0 && (
          <Count value={counts.hook} words={counts.hook === 1 ? 'hook to run' : 'hooks to run'} className="text-blue" />
        )}
        <span className="text-mute">{counts.unchanged} unchanged</span>
        <span className="ml-auto">
          <DiffModeSwitch />
        </span>
      </div>
      {nothing && (
        <p className="rounded-lg bg-grey-soft px-3 py-2 text-sm">
          Nothing to do: the cluster already equals this revision.
        </p>
      )}
      {counts.hook > 0 && counts.create + counts.change + counts.prune === 0 && (
        <p className="rounded-lg bg-grey-soft px-3 py-2 text-sm">
          The cluster already equals this revision: only the hooks run.
        </p>
      )}
      {result.guards.map((guard) => (
        <Guard key={guard.message} level={guard.level} message={guard.message} />
      ))}
      {typedName !== null && <TextField label={`Type ${typedName} to confirm`} value={typed} onChange={onTyped} mono />}
      {result.git !== null && <GitPart git={result.git} />}
      <ul aria-label="Planned objects" className="space-y-2">
        {moving.map((each) => (
          <PlannedRow key={each.key} planned={each} open={moving.length <= 3} />
        ))}
      </ul>
    </div>
  );
}

function Count({ value, words, className }: { value: number; words: string; className: string }) {
  return (
    <span className={value > 0 ? cn('font-semibold', className) : 'text-mute'}>
      {value} {words}
    </span>
  );
}

function Guard({ level, message }: { level: 'block' | 'confirm' | 'warn'; message: string }) {
  const Icon = level === 'block' ? OctagonX : TriangleAlert;
  return (
    <p
      role="alert"
      className={cn(
        'flex gap-2 rounded-lg px-3 py-2 text-sm',
        level === 'warn' ? 'bg-amber-soft text-amber' : 'bg-bad-soft text-bad',
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {level === 'block' && <b>Cannot go on: </b>}
        {message}
      </span>
    </p>
  );
}

function GitPart({ git }: { git: NonNullable<PlanResult['git']> }) {
  return (
    <section aria-label="Commit" className="rounded-lg border border-line p-3 text-sm">
      <p className="flex flex-wrap items-center gap-2 font-semibold">
        <GitCommitHorizontal aria-hidden className="size-4 text-mute" />
        A commit on {git.newBranch ?? git.branch} of {git.repository}
        <span className="font-normal text-mute">on top of {shortSha(git.expectedHead)}</span>
        {git.forge !== null && (
          <span className="font-normal text-mute">and a pull request on {FORGE_WORDS[git.forge]}</span>
        )}
      </p>
      <pre aria-label="Commit message" className="mt-2 rounded-md bg-raise px-3 py-2 whitespace-pre-wrap">
        {git.message}
      </pre>
      <p className="mt-2 text-mute">{plural(git.paths.length, 'file')} restored; others are not touched:</p>
      <ul className="mt-1 max-h-40 overflow-auto">
        {git.paths.map((path) => (
          <li key={path}>
            <code className="break-all">{path}</code>
          </li>
        ))}
      </ul>
      {git.sharedWith.length > 0 && (
        <div className="mt-2 rounded-md bg-amber-soft px-3 py-2 text-amber">
          <p className="font-semibold">
            {plural(git.sharedWith.length, 'other application')} render these files too and will change with it:
          </p>
          <ul>
            {git.sharedWith.map((each) => (
              <li key={each.id}>
                <Link href={`/applications/${each.id}`} className="underline">
                  {each.name}
                </Link>{' '}
                on {each.clusterName}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function PlannedRow({ planned, open }: { planned: PlannedObject; open: boolean }) {
  const [shown, setShown] = useState(open);
  const mode = useDiffMode();
  const look = ACTION_LOOK[planned.action];
  return (
    <li
      className={cn(
        'overflow-hidden rounded-lg border',
        planned.action === 'prune' || planned.action === 'conflict' ? 'border-bad/50' : 'border-line',
      )}
    >
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="flex w-full flex-wrap items-center gap-2 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-3.5 shrink-0 text-mute transition-transform', shown && 'rotate-90')}
        />
        <Badge tone={look.tone} icon={look.icon}>
          {look.word}
        </Badge>
        <b className="font-semibold">{planned.kind}</b>
        <span className="break-all">{planned.name}</span>
        {planned.namespace !== '' && <span className="text-xs text-mute">{planned.namespace}</span>}
        {planned.message !== '' && (
          <span className={cn('basis-full text-xs', planned.action === 'conflict' ? 'text-bad' : 'text-mute')}>
            {planned.message}
          </span>
        )}
      </button>
      <NeedsReplace fields={planned.needsReplace} />
      {shown && (
        <div className="border-t border-line">
          <LazyDiff
            before={planned.before}
            after={planned.after}
            label={`${planned.kind} ${planned.name}, from live to planned`}
            mode={mode}
          />
        </div>
      )}
    </li>
  );
}
