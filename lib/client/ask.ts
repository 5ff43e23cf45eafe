import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Answer, api, type Call, type Query } from './api.ts';
import type { CalledRoute } from './paths.ts';

/** Routes that answer a page with a cursor. */
type PagedRoute = {
  [Name in CalledRoute]: Answer<Name> extends { items: unknown[]; nextCursor: string | null } ? Name : never;
}[CalledRoute];

/** What a server component needs to fill the same cache entry without a request. */
export interface Asked {
  route: CalledRoute;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
}

/** Key of one question: `[route, params, query]`, so that `[route]` alone finds all questions of a route. */
export function keyOf(asked: Asked): readonly unknown[] {
  return [asked.route, asked.params, asked.query];
}

/** Query options of a route that reads. Server pages fill the same key through `meta.asked`. */
export function ask<Name extends CalledRoute>(route: Name, call: Pick<Call<Name>, 'params' | 'query'> = {}) {
  const asked: Asked = { route, params: call.params ?? {}, query: { ...call.query } };
  return queryOptions<Answer<Name>>({
    queryKey: keyOf(asked),
    queryFn: ({ signal }) => api(route, { ...call, signal }),
    meta: { asked },
  });
}

/** Shows the answer before while the next one is on its way. */
export const keepPrevious = { placeholderData: keepPreviousData } as const;

/** A list by pages: `nextCursor` of one page asks for the next. The key holds no cursor. */
export function askPages<Name extends PagedRoute>(route: Name, call: Pick<Call<Name>, 'params' | 'query'> = {}) {
  const asked: Asked = { route, params: call.params ?? {}, query: { ...call.query } };
  return infiniteQueryOptions({
    queryKey: keyOf(asked),
    queryFn: ({ signal, pageParam }) =>
      api(route, {
        ...call,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a cursor belongs to every page query
        query: { ...call.query, ...(pageParam === null ? {} : { cursor: pageParam }) } as Query<Name>,
        signal,
      }),
    initialPageParam: null as string | null,
    // What has pages has a cursor: the type of the route says so above.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    getNextPageParam: (last) => (last as unknown as { nextCursor: string | null }).nextCursor,
    meta: { asked },
  });
}
