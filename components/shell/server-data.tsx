'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { settleSnapshot, type Snapshot, takeSnapshot } from '#lib/client/snapshot.ts';

/** Hands what the server read for a page to the query cache, never over something newer. */
export function ServerData({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  const queries = useQueryClient();
  const waiting = useMemo(() => takeSnapshot(queries, snapshot), [queries, snapshot]);
  useEffect(() => settleSnapshot(queries, { snapshot, waiting }), [queries, snapshot, waiting]);
  return children;
}
