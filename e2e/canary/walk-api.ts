import type { ObjectRow } from '#lib/contracts/applications.ts';
import { ROUTES } from '#lib/contracts/routes.ts';
import type { RouteDeclaration } from '#lib/contracts/routes/declare.ts';
import type { ApiSession } from '../api-session.ts';
import type { Place } from './place.ts';

interface Known {
  /** Ids by the segment before the placeholder. */
  ids: Record<string, readonly string[]>;
  /** Queries of a route whose own defaults do not answer everything, by path with its id. */
  queries(path: string): Promise<readonly string[]>;
}

/** Paths of every GET that is declared, filled with what exists. Throws for a placeholder nobody knows an id for. */
async function pathsOf(known: Known): Promise<string[]> {
  const routes: RouteDeclaration[] = Object.values(ROUTES);
  const paths = routes
    .filter((route) => route.method === 'GET' && !(route.stream ?? []).includes('text/event-stream'))
    .flatMap((route) => filled(route.path, known.ids));
  const asked = await Promise.all(
    paths.map(async (path) => (await known.queries(path)).map((query) => `${path}${query}`)),
  );
  return [...asked.flat(), '/api/health/live', '/api/health/ready', '/api/metrics'];
}

function filled(path: string, ids: Known['ids']): string[] {
  const segment = /([^/]+)\/\{\w+\}/.exec(path)?.[1];
  if (segment === undefined) return [path];
  const examples = ids[segment] ?? [];
  if (examples.length === 0)
    throw new Error(`No example of ${path} is known: add one to ids of e2e/canary/walk-api.ts.`);
  return examples.map((example) => path.replace(/\{\w+\}/, encodeURIComponent(example)));
}

interface Items<Item> {
  items: Item[];
}
type WithId = Items<{ id: string }>;

async function idsOf(admin: ApiSession, given: { invitation: string; plans: string[] }): Promise<Known['ids']> {
  const list = async (path: string) => (await admin.call<WithId>('GET', path)).items.map(({ id }) => id);
  const applications = await list('/api/v1/applications?limit=200');
  const operations = await Promise.all(
    applications.map((id) => list(`/api/v1/applications/${id}/operations?limit=200`)),
  );
  return {
    applications,
    operations: operations.flat(),
    clusters: await list('/api/v1/clusters'),
    repositories: await list('/api/v1/repositories'),
    projects: await list('/api/v1/projects'),
    plans: given.plans,
    join: [given.invitation],
  };
}

async function queriesOf(admin: ApiSession, path: string): Promise<string[]> {
  const application = /^\/api\/v1\/applications\/[^/]+/.exec(path)?.[0] ?? '';
  if (path.endsWith('/manifest')) {
    const { items } = await admin.call<Items<ObjectRow>>('GET', `${application}/resources`);
    const there = items.filter(({ health }) => health !== 'Missing');
    return there.map(({ key }) => `?key=${encodeURIComponent(key)}`);
  }
  if (path.endsWith('/deployments/diff')) {
    const { items } = await admin.call<WithId>('GET', `${application}/deployments?limit=200`);
    return items.slice(1).map((older, index) => `?from=${older.id}&to=${items[index]?.id ?? ''}`);
  }
  if (/\/state(\/yaml)?$/.test(path)) return [`?at=${new Date().toISOString()}`];
  if (path.endsWith('/audit/export')) return ['?format=csv', '?format=jsonl'];
  if (path.endsWith('/drift')) return ['?state=all&limit=200'];
  return [''];
}

/** The answer of every declared GET for everything that exists, headers too. Each answer must be a good one. */
export async function walkApi(
  world: { url: string; admin: ApiSession; metricsToken: string },
  given: { invitation: string; plans: string[] },
): Promise<Place[]> {
  const { admin, url } = world;
  const ids = await idsOf(admin, given);
  const paths = await pathsOf({ ids, queries: (path) => queriesOf(admin, path) });
  const places: Place[] = [];
  for (const path of paths) {
    const headers =
      path === '/api/metrics' ? { authorization: `Bearer ${world.metricsToken}` } : { cookie: admin.cookie };
    const response = await fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(60_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    places.push({ where: `GET ${path}`, text: `${JSON.stringify([...response.headers])}\n${text}` });
  }
  return places;
}

/** Collects server-sent events until `stop`; what came so far is the answer. */
export function followStream(admin: ApiSession): { text(): string; stop(): Promise<void> } {
  const end = new AbortController();
  let text = '';
  const reading = (async () => {
    const response = await fetch(new URL('/api/v1/stream', admin.url), {
      headers: { cookie: admin.cookie },
      signal: end.signal,
    });
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch((error: unknown) => {
    if (!end.signal.aborted) text += `the stream broke: ${String(error)}`;
  });
  return {
    text: () => text,
    async stop() {
      end.abort();
      await reading;
    },
  };
}
