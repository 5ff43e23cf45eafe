'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, GitPullRequestArrow } from 'lucide-react';
import type { ObjectChange } from '#lib/contracts/applications.ts';
import { plural } from '#lib/client/format.ts';
import { DiffModeSwitch, useDiffMode } from '#components/diff/diff-mode.tsx';
import { ObjectDiff } from '#components/diff/object-diff.tsx';
import { CULPRIT_LOOK, DRIFT_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Sha } from '#components/ui/copy.tsx';
import { Empty, Failure, Loading, Notice } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';
import { TONE_TEXT } from '#components/ui/tone.ts';
import { IgnoreField } from './ignore-field.tsx';
import { HiddenFields } from './hidden-fields.tsx';
import { applicationQuery, changesQuery } from './queries.ts';

/** What Git wants and the cluster has not (pending), and what the cluster has and nobody wanted (drift): apart. */
export function ChangesTab({ id }: { id: string }) {
  const changes = useQuery(changesQuery(id));
  const application = useQuery(applicationQuery(id));
  if (changes.data === undefined) {
    return changes.error === null ? (
      <Loading rows={6} label="Loading changes" />
    ) : (
      <Failure error={changes.error} onRetry={() => void changes.refetch()} />
    );
  }
  const { pending, drift, hidden, expiredRules, unconfirmed, commits, truncated } = changes.data;
  const name = application.data?.name ?? '';
  return (
    <div className="space-y-5">
      {changes.error !== null && (
        <Failure title="Shown as last read: changes cannot be read now" error={changes.error} />
      )}
      {truncated && <Notice>Only the first changes are shown; sync or narrow the application to see the rest.</Notice>}
      {unconfirmed && (
        <Notice tone="grey">
          {application.data?.clusterName ?? 'Its cluster'} is registered read-only: this is our own comparison, which no
          dry run has confirmed. Defaults and admission webhooks of the cluster may make of it something else.
        </Notice>
      )}
      {pending.length + drift.length === 0 && (
        <Empty icon={CircleCheck} title="Nothing differs">
          {commits.length === 0
            ? 'The cluster equals what Git says, field by field, but for the fields that ignore rules leave out.'
            : `${plural(commits.length, 'new commit')} changed no object that this application keeps in the cluster.`}
        </Empty>
      )}
      <HiddenFields objects={hidden} expired={expiredRules} />
      {drift.length > 0 && (
        <section aria-label="Drift">
          <Heading title="Drift" note={`${plural(drift.length, 'object')} changed in the cluster, outside Git`} />
          {drift.map((change) => (
            <ChangedObject key={change.key} change={change} application={{ id, name }} />
          ))}
        </section>
      )}
      {pending.length > 0 && (
        <section aria-label="Pending changes">
          <Heading
            title="Pending changes"
            note={`${plural(pending.length, 'object')} changed in Git, not deployed yet`}
          />
          {commits.length > 0 && (
            <ol
              aria-label="Commits not deployed yet"
              className="mb-3 rounded-[10px] border border-line bg-surface text-sm"
            >
              {commits.map((commit) => (
                <li
                  key={commit.sha}
                  className="flex flex-wrap items-center gap-x-2 border-t border-line px-3.5 py-1.5 first:border-0"
                >
                  <Sha sha={commit.sha} />
                  <span className="min-w-0 flex-1 truncate font-medium">{commit.subject}</span>
                  <span className="text-xs text-mute">
                    {commit.authorName} · <Time at={commit.committedAt} />
                  </span>
                </li>
              ))}
            </ol>
          )}
          {pending.map((change) => (
            <ChangedObject key={change.key} change={change} application={{ id, name }} />
          ))}
        </section>
      )}
    </div>
  );
}

function Heading({ title, note }: { title: string; note: string }) {
  return (
    <header className="mb-2 flex flex-wrap items-center gap-2">
      <h2 className="font-semibold">{title}</h2>
      <span className="text-sm text-mute">{note}</span>
      <span className="ml-auto">
        <DiffModeSwitch />
      </span>
    </header>
  );
}

function ChangedObject({ change, application }: { change: ObjectChange; application: { id: string; name: string } }) {
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const mode = useDiffMode();
  const drifted = change.category === 'drift';
  return (
    <ObjectDiff
      change={change}
      mode={mode}
      badge={
        <StateBadge
          look={drifted ? DRIFT_LOOK : { ...SYNC_LOOK.OutOfSync, word: 'Pending', icon: GitPullRequestArrow }}
        />
      }
      footer={
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
          {change.drifts.map((drift) => (
            <p key={drift.id} className="text-xs text-mute">
              <code className="text-text">{drift.path}</code> {drift.kind} by{' '}
              <b className={TONE_TEXT[CULPRIT_LOOK[drift.culprit].tone]}>{drift.manager ?? 'somebody unknown'}</b> (
              {CULPRIT_LOOK[drift.culprit].word}
              {drift.certain ? '' : ', probably'}
              {drift.operation !== null && `, ${drift.operation}`}) <Time at={drift.managerTime ?? drift.firstSeenAt} />
              {drift.count > 1 && ` · ${drift.count} times`}
              {drift.fought && (
                <b className="text-amber"> · fought over: put right {drift.heals} times, and changed again each time</b>
              )}{' '}
              {change.category === 'drift' && <IgnoreField application={application.id} drift={drift} />}
            </p>
          ))}
          <span className="ml-auto">
            {drifted ? (
              <Button
                reason={whyNot('drift:revert')}
                aria-label={`Revert ${change.kind} ${change.name}`}
                onClick={() => plan({ application, act: { kind: 'revert', resources: [change.key] } })}
              >
                Revert…
              </Button>
            ) : (
              <Button
                reason={whyNot('applications:sync')}
                aria-label={`Sync ${change.kind} ${change.name} only`}
                onClick={() => plan({ application, act: { kind: 'sync', resources: [change.key] } })}
              >
                Sync this object…
              </Button>
            )}
          </span>
        </div>
      }
    />
  );
}
