import type { ReactNode } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { durationWords, plural, shortSha } from '#lib/client/format.ts';
import { Sha } from '#components/ui/copy.tsx';
import { Time } from '#components/ui/time.tsx';

/** Where is my change? Read from left to right. */
export function Chain({ application }: { application: ApplicationView }) {
  const { target, deployed, lastDeployment } = application;
  const arrived = target !== null && deployed !== null && target.sha === deployed.sha;
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
      <Link4
        title="Application"
        main={
          deployed === null
            ? 'Never deployed'
            : arrived
              ? `Deployed ${shortSha(deployed.sha)}${application.driftCount > 0 ? ', then drifted' : ''}`
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
