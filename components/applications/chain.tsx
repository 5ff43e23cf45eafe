'use client';

import type { ReactNode } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import type { OperationView } from '#lib/contracts/operations.ts';
import { durationWords, plural, shortSha } from '#lib/client/format.ts';
import { OPERATION_WORDS } from '#components/health/acts.ts';
import { Sha } from '#components/ui/copy.tsx';
import { Time } from '#components/ui/time.tsx';
import { useActiveOperation } from './use-active-operation.ts';

/** Where is my change? Read from left to right. */
export function Chain({ application }: { application: ApplicationView }) {
  const { target } = application;
  const operation = useActiveOperation(application.activeOperationId);
  return (
    <ol
      aria-label="From commit to workload"
      className="mb-4 grid rounded-[10px] border border-line bg-surface md:grid-cols-4"
    >
      <Link4 title="Commit" main={target?.subject ?? 'No commit read yet'}>
        {target !== null && (
          <>
            <Sha sha={target.sha} /> · {target.authorName} · <Time at={target.committedAt} />
          </>
        )}
      </Link4>
      <Link4
        title="Source"
        main={`${application.repositoryName}${application.path === '' ? '' : ` · ${application.path}`}`}
      >
        {shortSha(application.targetRevision)} · {application.renderTool ?? 'not rendered'}
        {application.renderedAt !== null && (
          <>
            {' '}
            · rendered <Time at={application.renderedAt} />
          </>
        )}
      </Link4>
      <ApplicationLink application={application} operation={operation} />
      <Link4
        title="Workloads"
        main={
          application.health === 'Healthy'
            ? `All ${plural(application.objectCount, 'object')} well`
            : application.health
        }
      >
        {application.outOfSyncCount > 0
          ? `${application.outOfSyncCount} of ${application.objectCount} differ from Git`
          : `${plural(application.objectCount, 'object')} equal to Git`}
      </Link4>
    </ol>
  );
}

const DOING = {
  sync: 'Syncing',
  revert: 'Reverting to',
  'rollback-git': 'Rolling back to',
  delete: 'Deleting the objects of',
  pin: 'Pinning to',
} as const;

/** What is under way stands over what was: the outcome before it says nothing about this one. */
export function ApplicationLink({
  application,
  operation,
}: {
  application: Pick<ApplicationView, 'target' | 'deployed' | 'lastDeployment' | 'driftCount'>;
  /** Undefined = under way, not known yet. */
  operation: OperationView | null | undefined;
}) {
  const { target, deployed, lastDeployment, driftCount } = application;
  if (operation === undefined) {
    return (
      <Link4 title="Application" main="An operation is under way">
        {deployed === null ? 'never deployed before' : `before it at ${shortSha(deployed.sha)}`}
      </Link4>
    );
  }
  if (operation !== null) {
    const { actor, objects, createdAt } = operation;
    const done = objects.filter((each) => each.result !== 'pending').length;
    return (
      <Link4 title="Application" main={underWay(operation)}>
        by {actor.name} <Time at={createdAt} /> · {done} of {plural(objects.length, 'object')} done
      </Link4>
    );
  }
  const arrived = target !== null && deployed !== null && target.sha === deployed.sha;
  return (
    <Link4
      title="Application"
      main={
        deployed === null
          ? 'Never deployed'
          : arrived
            ? `Deployed ${shortSha(deployed.sha)}${driftCount > 0 ? ', then drifted' : ''}`
            : `Still at ${shortSha(deployed.sha)}`
      }
    >
      {lastDeployment === null ? (
        'no deployment yet'
      ) : (
        <>
          by {lastDeployment.actorName} <Time at={lastDeployment.finishedAt} /> in{' '}
          {durationWords(lastDeployment.durationMs)} · {lastDeployment.outcome}
        </>
      )}
    </Link4>
  );
}

function underWay({ kind, phase, revision }: OperationView): string {
  const sha = revision === null ? 'the revision' : shortSha(revision);
  if (phase === 'requested') return `${OPERATION_WORDS[kind]} requested`;
  return phase === 'waiting' ? `Applied ${sha}, waiting for health` : `${DOING[kind]} ${sha}`;
}

function Link4({ title, main, children }: { title: string; main: string; children: ReactNode }) {
  return (
    <li className="min-w-0 border-line px-4 py-2.5 not-first:border-t md:not-first:border-t-0 md:not-first:border-l">
      <h2 className="text-2xs font-medium text-mute">{title}</h2>
      <p className="truncate font-semibold" title={main}>
        {main}
      </p>
      <p className="text-xs text-mute">{children}</p>
    </li>
  );
}
