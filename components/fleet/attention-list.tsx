'use client';

import Link from 'next/link';
import { Fragment } from 'react';
import type { ClusterView } from '#lib/contracts/clusters.ts';
import type { AttentionGroup } from '#lib/contracts/fleet.ts';
import { plural } from '#lib/client/format.ts';
import { Advice } from '#components/health/advice.tsx';
import { StateBadge } from '#components/health/state-badge.tsx';
import { reasonLook } from '#components/health/reasons.ts';
import { HEALTH_LOOK } from '#components/health/states.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { Time } from '#components/ui/time.tsx';

/** What a person must look at now: one row a cause. */
export function AttentionList({
  groups,
  silent,
}: {
  groups: readonly AttentionGroup[];
  silent: readonly ClusterView[];
}) {
  if (groups.length === 0 && silent.length === 0) {
    return <p className="py-6 text-center text-sm text-mute">Every application equals Git and is healthy.</p>;
  }
  return (
    <ul className="-mt-1">
      {groups.map((group) => (
        <li
          key={group.fingerprint}
          className="grid gap-x-3 gap-y-1.5 border-t border-line py-2.5 first:border-0 sm:grid-cols-[104px_1fr_auto] sm:items-center"
        >
          <span>
            <StateBadge look={reasonLook(group.reason)} />
          </span>
          <div className="min-w-0">
            <p className="font-semibold break-words">
              <Link
                prefetch={false}
                href={hrefOfGroup(group)}
                className="inline-block min-h-[24px] leading-[24px] hover:underline"
                aria-label={`${group.cause}: ${group.count === 1 ? (group.applications[0]?.name ?? '') : plural(group.count, 'application')}`}
              >
                {group.cause}
              </Link>
            </p>
            <Advice diagnosis={group.diagnosis} />
            <p className="text-xs text-mute">
              <GroupWords group={group} />
            </p>
          </div>
          <GroupAction group={group} />
        </li>
      ))}
      {silent.map((cluster) => (
        <li
          key={cluster.id}
          className="grid gap-x-3 gap-y-1.5 border-t border-line py-2.5 first:border-0 sm:grid-cols-[104px_1fr_auto] sm:items-center"
        >
          <span>
            <StateBadge look={{ ...HEALTH_LOOK.Unknown, word: 'Silent' }} />
          </span>
          <div className="min-w-0">
            <p className="font-semibold">{cluster.name} does not answer</p>
            <p className="text-xs break-words text-mute">
              {cluster.silentSince !== null && (
                <>
                  silent since <Time at={cluster.silentSince} /> ·{' '}
                </>
              )}
              {cluster.lastError ?? 'no word from it'} · showing the last known state
            </p>
          </div>
          <Button asChild className="justify-self-start">
            <Link href={`/settings/clusters?test=${cluster.id}`}>Test connection</Link>
          </Button>
        </li>
      ))}
    </ul>
  );
}

function GroupWords({ group }: { group: AttentionGroup }) {
  const first = group.applications[0];
  return (
    <>
      {(group.count > 1 || first === undefined) &&
        `${plural(group.count, 'application')} on ${plural(group.clusterCount, 'cluster')}: `}
      {group.applications.map((each, index) => (
        <Fragment key={each.id}>
          {index > 0 && ', '}
          <Link
            prefetch={false}
            href={`/applications/${each.id}`}
            className="underline decoration-current/40 underline-offset-2 hover:text-text"
          >
            {each.name}
          </Link>
          {group.count === 1 && ` on ${each.clusterName}`}
        </Fragment>
      ))}
      {group.count > group.applications.length && ', …'}
      {group.since !== null && (
        <>
          {' '}
          · since <Time at={group.since} />
        </>
      )}
    </>
  );
}

/** One application is its page; many are a list of what has the cause. */
function hrefOfGroup(group: AttentionGroup): string {
  const only = group.count === 1 ? group.applications[0] : undefined;
  return only === undefined
    ? `/applications?q=${encodeURIComponent(`cause:${group.fingerprint}`)}`
    : `/applications/${only.id}`;
}

const PERMISSION = { sync: 'applications:sync', revert: 'drift:revert', rollback: 'applications:rollback' } as const;
const WORD = {
  sync: 'Sync…',
  revert: 'See drift',
  rollback: 'Roll back…',
  open: 'Open',
  'test-connection': 'Test connection',
} as const;

/** One suggestion a cause. Many applications open as a list; one opens its plan. */
function GroupAction({ group }: { group: AttentionGroup }) {
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const only = group.count === 1 ? group.applications[0] : undefined;
  const { suggestion } = group;
  if (only !== undefined && (suggestion === 'sync' || suggestion === 'rollback')) {
    return (
      <Button
        className="justify-self-start"
        aria-label={`${suggestion === 'sync' ? 'Sync' : 'Roll back'} ${only.name}`}
        reason={whyNot(PERMISSION[suggestion])}
        onClick={() =>
          plan({
            application: only,
            act: suggestion === 'sync' ? { kind: 'sync' } : { kind: 'rollback', method: 'git' },
          })
        }
      >
        {WORD[suggestion]}
      </Button>
    );
  }
  const href = suggestion === 'test-connection' ? '/settings/clusters' : hrefOfGroup(group);
  return (
    <Button asChild className="justify-self-start">
      <Link
        prefetch={false}
        href={href}
        aria-label={
          only === undefined
            ? `Show ${plural(group.count, 'application')}: ${group.cause}`
            : `${WORD[suggestion].replace('…', '')}: ${only.name}`
        }
      >
        {only === undefined ? `Show ${group.count}` : WORD[suggestion]}
      </Link>
    </Button>
  );
}
