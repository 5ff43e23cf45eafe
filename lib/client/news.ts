import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** How long a page may be on its way from the server (milliseconds): what was told meanwhile it may not know. */
export const UNDER_WAY = 10_000;

/** A key that makes every question old. */
export const EVERYTHING = '*';

/** Which questions a changed key makes old. */
function routesOf(key: string): readonly string[] {
  const [kind] = key.split(':');
  switch (kind ?? '') {
    case 'application':
      return ['getFleet', 'listApplications'];
    case 'cluster':
      return ['getFleet', 'listClusters'];
    case 'repository':
      return ['listRepositories', 'listDeliveries'];
    case 'project':
      return ['listProjects'];
    case 'operation':
      return ['getOperation', 'listOperations'];
    case 'plan':
      return ['getPlan'];
    case 'drift':
      return ['listDrift', 'getFleet'];
    case 'audit':
      return ['listAudit', 'getFleet'];
    case 'health-rules':
      return ['listHealthRules'];
    case 'people':
      return ['listPeople'];
    default:
      return [];
  }
}

const OF_ONE_APPLICATION: readonly unknown[] = [
  'getApplication',
  'getChanges',
  'listResources',
  'listDeployments',
  'listTimeline',
  'listOperations',
];

function isAbout(queryKey: QueryKey, id: string): boolean {
  const params = queryKey[1];
  return typeof params === 'object' && params !== null && 'id' in params && params.id === id;
}

/** Whether one of the changed keys makes a question old. */
export function concerns(keys: Iterable<string>): (queryKey: QueryKey) => boolean {
  const all = [...keys];
  if (all.includes(EVERYTHING)) return () => true;
  const routes = new Set(all.flatMap(routesOf));
  const applications = all.filter((key) => key.startsWith('application:')).map((key) => key.slice(12));
  return (queryKey) =>
    routes.has(String(queryKey[0])) ||
    (OF_ONE_APPLICATION.includes(queryKey[0]) && applications.some((id) => isAbout(queryKey, id)));
}

const told = new WeakMap<QueryClient, { at: number; keys: readonly string[] }[]>();

/** Keeps what the stream told for as long as a page under way may not know it. */
export function noteNews(queries: QueryClient, keys: readonly string[], now = Date.now()): void {
  const known = (told.get(queries) ?? []).filter(({ at }) => now - at < UNDER_WAY);
  told.set(queries, [...known, { at: now, keys }]);
}

/** Whether the stream told something about a question that a page now arriving may not know. */
export function isNews(queries: QueryClient, queryKey: QueryKey, now = Date.now()): boolean {
  const fresh = (told.get(queries) ?? []).filter(({ at }) => now - at < UNDER_WAY);
  return concerns(fresh.flatMap(({ keys }) => keys))(queryKey);
}
