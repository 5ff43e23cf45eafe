'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { SectionTabs } from '#components/ui/section-tabs.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';
import { useShortcuts } from '#components/shell/use-shortcuts.ts';
import { ActiveOperation } from './active-operation.tsx';
import { Chain } from './chain.tsx';
import { DependencyNotice } from './dependency-notice.tsx';
import { Hero } from './hero.tsx';
import { applicationQuery } from './queries.ts';
import { SuspensionNotice } from './suspension-notice.tsx';
import { WindowLine } from './window-line.tsx';

export const TABS = ['changes', 'resources', 'history', 'timeline', 'events', 'settings'] as const;
export type Tab = (typeof TABS)[number];

const WORDS: Readonly<Record<Tab, string>> = {
  changes: 'Changes',
  resources: 'Resources',
  history: 'History',
  timeline: 'Timeline',
  events: 'Events',
  settings: 'Settings',
};

function hrefOf(id: string, tab: Tab): string {
  return tab === 'changes' ? `/applications/${id}` : `/applications/${id}/${tab}`;
}

/** Hero, chain and tabs around every view of one application. */
export function ApplicationFrame({ id, tab, children }: { id: string; tab: Tab; children: ReactNode }) {
  const router = useRouter();
  const query = useQuery(applicationQuery(id));
  const step = (by: number) => {
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? 'changes';
    router.push(hrefOf(id, next));
  };
  useShortcuts({ '[': () => step(-1), ']': () => step(1) });
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={6} label="Loading the application" />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} className="mt-4" />
    );
  }
  const application = query.data;
  return (
    <>
      <Hero application={application} />
      <Standing application={application} />
      {query.error !== null && (
        <Failure title="Shown as last read: the application cannot be read now" error={query.error} className="mb-3" />
      )}
      {application.activeOperationId !== null && <ActiveOperation id={application.activeOperationId} />}
      <Chain application={application} />
      <SectionTabs
        label={`Views of ${application.name}`}
        current={hrefOf(id, tab)}
        tabs={TABS.map((each) => ({
          href: hrefOf(id, each),
          label: WORDS[each],
          count:
            each === 'changes'
              ? application.outOfSyncCount
              : each === 'resources'
                ? application.objectCount
                : undefined,
        }))}
      />
      {children}
    </>
  );
}

/** What stands over everything else: a silent cluster, an error, a pin, a suspension, a closed sync window. */
function Standing({ application }: { application: ApplicationView }) {
  const { pin } = application;
  return (
    <div className="mb-3 space-y-2 empty:hidden">
      {application.clusterStatus !== 'connected' && (
        <Notice tone="grey">
          <b>
            {application.clusterName}{' '}
            {application.clusterStatus === 'silent' ? 'is silent' : 'has not been reached yet'}.
          </b>{' '}
          {application.clusterSilentSince !== null && (
            <>
              No word since <Time at={application.clusterSilentSince} />.{' '}
            </>
          )}
          This is the last known state.
        </Notice>
      )}
      {application.error !== null && (
        <Failure
          title={
            {
              source: 'Git could not be read',
              render: 'Git could not be rendered',
              compare: 'The comparison failed',
              operation: 'The last operation failed',
            }[application.errorStep ?? 'compare']
          }
          error={new Error(application.error)}
        />
      )}
      {application.renderWarnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      {pin !== null && (
        <Notice>
          <b>
            Pinned to {pin.revision.slice(0, 7)} by {pin.ownerName}
          </b>
          : “{pin.reason}”. Automatic sync waits; it follows Git again <Time at={pin.expiresAt} />.
        </Notice>
      )}
      {application.suspension !== null && (
        <SuspensionNotice application={application} suspension={application.suspension} />
      )}
      <DependencyNotice application={application} />
      {application.syncWindow !== null && <WindowLine application={application} window={application.syncWindow} />}
    </div>
  );
}
