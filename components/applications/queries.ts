import type { Query } from '#lib/client/api.ts';
import { ask, askPages } from '#lib/client/ask.ts';

export const SORTS = ['attention', 'name', 'cluster', 'changed', 'deployed'] as const;
export type Sort = (typeof SORTS)[number];

export interface ListState {
  q: string;
  sort: Sort;
  direction: 'asc' | 'desc' | null;
}

/** Applications that match, by page. */
export function listQuery({ q, sort, direction }: ListState) {
  const query: Query<'listApplications'> = { query: q, sort, limit: 100, ...(direction === null ? {} : { direction }) };
  return askPages('listApplications', { query });
}

const of = (id: string) => ({ params: { id } });

export const applicationQuery = (id: string) => ask('getApplication', of(id));
export const changesQuery = (id: string) => ask('getChanges', of(id));
export const resourcesQuery = (id: string) => ask('listResources', of(id));
export const deploymentsQuery = (id: string) => askPages('listDeployments', { ...of(id), query: { limit: 50 } });
export const timelineQuery = (id: string) => askPages('listTimeline', { ...of(id), query: { limit: 100 } });
