import Link from 'next/link';
import type { FleetView } from '#lib/contracts/fleet.ts';
import { clockTime, countWords } from '#lib/client/format.ts';
import { Time } from '#components/ui/time.tsx';

/** The fleet in one sentence; each number leads to its list. */
export function Headline({ fleet }: { fleet: FleetView }) {
  const { attentionCount, applicationCount, silentClusterCount } = fleet;
  return (
    <header className="pt-4 pb-1">
      <h1 aria-live="polite" className="text-[21px] leading-tight font-semibold tracking-tight md:text-[26px]">
        {applicationCount === 0 ? (
          'No applications yet. '
        ) : attentionCount === 0 ? (
          <>
            <Link
              href="/applications"
              className="text-ok underline decoration-current/35 decoration-1 underline-offset-4 hover:decoration-current"
            >
              {applicationCount === 1
                ? 'The one application is'
                : `All ${countWords(applicationCount)} applications are`}{' '}
              well.
            </Link>{' '}
          </>
        ) : (
          <>
            <Link
              href="/applications?sort=attention"
              className="text-bad underline decoration-current/35 decoration-1 underline-offset-4 hover:decoration-current"
            >
              {countWords(attentionCount)} of {countWords(applicationCount)}
            </Link>{' '}
            {applicationCount === 1 ? 'application' : 'applications'} {attentionCount === 1 ? 'needs' : 'need'}{' '}
            you.{' '}
          </>
        )}
        {silentClusterCount > 0 && (
          <Link
            href="/settings/clusters"
            className="text-grey underline decoration-current/35 decoration-1 underline-offset-4 hover:decoration-current"
          >
            {countWords(silentClusterCount)} {silentClusterCount === 1 ? 'cluster is' : 'clusters are'} silent.
          </Link>
        )}
      </h1>
      <p className="mt-1 text-mute">
        {fleet.openDriftCount > 0 && (
          <>
            <Link
              href="/drift"
              className="font-medium text-violet underline decoration-current/35 decoration-1 underline-offset-4 hover:decoration-current"
            >
              {countWords(fleet.openDriftCount)} {fleet.openDriftCount === 1 ? 'field differs' : 'fields differ'} from
              what was deployed.
            </Link>{' '}
          </>
        )}
        As of {clockTime(fleet.at)} UTC.{' '}
        {fleet.lastDeployment !== null && (
          <>
            Last deployment <Time at={fleet.lastDeployment.at} />: {fleet.lastDeployment.applicationName} by{' '}
            {fleet.lastDeployment.actorName}.
          </>
        )}
      </p>
    </header>
  );
}
