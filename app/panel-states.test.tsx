import { type QueryKey, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '#lib/client/api.ts';
import type { SessionView } from '#lib/contracts/session.ts';
import { ApplicationList } from '#components/applications/application-list.tsx';
import { ChangesTab } from '#components/applications/changes-tab.tsx';
import { EventsTab } from '#components/applications/events-tab.tsx';
import { HistoryTab } from '#components/applications/history-tab.tsx';
import { ResourcesTab } from '#components/applications/resources-tab.tsx';
import { TimelineTab } from '#components/applications/timeline-tab.tsx';
import { AuditList } from '#components/audit/audit-list.tsx';
import { ClusterSettings } from '#components/clusters/cluster-settings.tsx';
import { DriftLedger } from '#components/drift/drift-ledger.tsx';
import { FleetView } from '#components/fleet/fleet-view.tsx';
import { PeopleSettings } from '#components/people/people-settings.tsx';
import { ProjectSettings } from '#components/projects/project-settings.tsx';
import { RepositorySettings } from '#components/repositories/repository-settings.tsx';
import { SessionProvider } from '#components/shell/session.tsx';

vi.mock('next/navigation', () => ({
  usePathname: () => '/',
  useRouter: () => ({ push: () => undefined }),
  useSearchParams: () => new URLSearchParams(),
}));

const list = { items: [], nextCursor: null, total: 0 };
const pages = { pages: [list], pageParams: [null] };
const fleet = {
  applicationCount: 0,
  attentionCount: 0,
  silentClusterCount: 0,
  openDriftCount: 0,
  repositoryCount: 0,
  lastDeployment: null,
  clusters: [],
  attention: [],
  lastDay: [],
  latestActions: [],
  at: '2026-03-01T14:05:22.000Z',
};
const changes = {
  pending: [],
  drift: [],
  hidden: [],
  expiredRules: [],
  unconfirmed: false,
  commits: [],
  truncated: false,
};

/** Every panel that asks the server: its route, an answer with nothing in it, and what it says then. */
const PANELS: readonly { name: string; panel: ReactNode; route: string; empty: unknown; says: RegExp }[] = [
  { name: 'fleet', panel: <FleetView />, route: 'getFleet', empty: fleet, says: /cluster/i },
  {
    name: 'applications',
    panel: <ApplicationList />,
    route: 'listApplications',
    empty: pages,
    says: /No applications yet/,
  },
  { name: 'drift', panel: <DriftLedger />, route: 'listDrift', empty: pages, says: /Nothing drifted/ },
  { name: 'audit', panel: <AuditList />, route: 'listAudit', empty: pages, says: /Nothing is recorded yet/ },
  { name: 'clusters', panel: <ClusterSettings />, route: 'listClusters', empty: list, says: /No clusters yet/ },
  {
    name: 'repositories',
    panel: <RepositorySettings />,
    route: 'listRepositories',
    empty: list,
    says: /No repositories yet/,
  },
  { name: 'projects', panel: <ProjectSettings />, route: 'listProjects', empty: list, says: /No projects yet/ },
  {
    name: 'people',
    panel: <PeopleSettings />,
    route: 'listPeople',
    empty: { people: [], invitations: [] },
    says: /invit/i,
  },
  { name: 'changes', panel: <ChangesTab id="a" />, route: 'getChanges', empty: changes, says: /Nothing differs/ },
  { name: 'resources', panel: <ResourcesTab id="a" />, route: 'listResources', empty: list, says: /No objects yet/ },
  {
    name: 'history',
    panel: <HistoryTab id="a" />,
    route: 'listDeployments',
    empty: pages,
    says: /Nothing was deployed yet/,
  },
  {
    name: 'timeline',
    panel: <TimelineTab id="a" />,
    route: 'listTimeline',
    empty: pages,
    says: /Nothing happened yet/,
  },
  {
    name: 'events',
    panel: <EventsTab id="a" />,
    route: 'getEvents',
    empty: { events: [], askedAt: fleet.at },
    says: /No events/,
  },
];

/** A cache in which every question of a route is answered so, whatever its parameters. */
function cacheOf(route: string, state: { data: unknown } | { error: Error } | null): QueryClient {
  const queries = new QueryClient({ defaultOptions: { queries: { retryOnMount: false, staleTime: Infinity } } });
  const cache = queries.getQueryCache();
  const build = cache.build.bind(cache);
  cache.build = (client, options, initial) => {
    const queryKey: QueryKey = options.queryKey ?? [];
    const query = build(client, options, initial);
    if (queryKey[0] !== route || state === null || query.state.status !== 'pending') return query;
    if ('data' in state) query.setState({ status: 'success', dataUpdatedAt: Date.now(), ...Object(state) });
    else query.setState({ status: 'error', errorUpdatedAt: Date.now(), ...Object(state) });
    return query;
  };
  return queries;
}

interface Viewed {
  role?: SessionView['user']['role'];
  search?: string;
}

function markup(panel: ReactNode, queries: QueryClient, { role = 'admin', search = '' }: Viewed = {}): string {
  const session = { user: { id: 'u', name: 'Ada', email: 'ada@example.com', role }, permissions: [] };
  return renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={search}>
      <QueryClientProvider client={queries}>
        <SessionProvider session={session}>{panel}</SessionProvider>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

const words = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe.each(PANELS)('$name', ({ panel, route, empty, says }) => {
  it('says that it is loading', () => {
    expect(markup(panel, cacheOf(route, null))).toMatch(/role="status" aria-label="(Loading|Asking)/);
  });

  it('says what failed, with the request, and offers to try again', () => {
    const error = new ApiError({ status: 503, detail: 'The database does not answer now.', requestId: 'r-17' });
    const html = markup(panel, cacheOf(route, { error }));
    expect(html).toContain('role="alert"');
    expect(words(html)).toMatch(/The database does not answer now\..*r-17.*Try again/);
  });

  it('says why somebody may not see it, without alarm', () => {
    const error = new ApiError({ status: 403, code: 'forbidden', detail: 'Needs role admin.' });
    const html = markup(panel, cacheOf(route, { error }), { role: 'viewer' });
    expect(words(html)).toContain('Needs role admin.');
    expect(html).not.toContain('bg-bad-soft');
  });

  it('says what an empty one means', () => {
    expect(words(markup(panel, cacheOf(route, { data: empty })))).toMatch(says);
  });
});

const SEARCHED = [
  {
    name: 'applications',
    panel: <ApplicationList />,
    route: 'listApplications',
    says: /No application matches/,
    not: /No applications yet/,
  },
  {
    name: 'drift',
    panel: <DriftLedger />,
    route: 'listDrift',
    says: /No drift matches.*payments/,
    not: /Nothing drifted/,
  },
];

it.each(SEARCHED)('$name: a search that finds nothing does not say that there is nothing', (searched) => {
  const queries = cacheOf(searched.route, { data: pages });
  const found = words(markup(searched.panel, queries, { search: '?q=payments' }));
  expect(found).toMatch(searched.says);
  expect(found).toContain('Clear the search');
  expect(found).not.toMatch(searched.not);
});
