'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { keepPrevious } from '#lib/client/ask.ts';
import { listQuery, SORTS } from './queries.ts';

/** The list as the address says: search, order and direction. */
export function useApplicationList() {
  const [state, setState] = useQueryStates({
    q: parseAsString.withDefault(''),
    sort: parseAsStringLiteral(SORTS).withDefault('attention'),
    direction: parseAsStringLiteral(['asc', 'desc'] as const),
  });
  const query = useInfiniteQuery({ ...listQuery(state), ...keepPrevious });
  const rows = useMemo((): ApplicationRow[] => {
    const seen = new Set<string>();
    // A row may move between two pages while they are read.
    return (query.data?.pages ?? []).flatMap((page) =>
      page.items.filter((row) => !seen.has(row.id) && seen.add(row.id).size > 0),
    );
  }, [query.data]);
  return { state, setState, query, rows, total: query.data?.pages.at(-1)?.total ?? 0 };
}
