'use client';

import type { Row } from '@tanstack/react-table';
import { useRouter } from 'next/navigation';
import type { ApplicationRow } from '#lib/contracts/applications.ts';
import { usePlanning } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { useShortcuts } from '#components/shell/use-shortcuts.ts';
import type { FEATURES } from './columns.tsx';
import { useRefresh } from './use-refresh.ts';

/** Keys of the list: `j` `k` walk, the others act on the row that is walked to. */
export function useRowKeys(options: {
  rows: readonly Row<typeof FEATURES, ApplicationRow>[];
  active: number;
  setActive: (index: number) => void;
  scrollTo: (index: number) => void;
}) {
  const { rows, active, setActive, scrollTo } = options;
  const router = useRouter();
  const plan = usePlanning();
  const whyNot = useWhyNot();
  const refresh = useRefresh();
  const picked = rows[active];
  const row = picked?.original;
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, active + step));
    setActive(next);
    scrollTo(next);
  };
  const allowed = (permission: Parameters<typeof whyNot>[0], act: () => void) => {
    const reason = whyNot(permission);
    if (reason === null) act();
    else announce('Not allowed', { description: reason });
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    Enter: row && (() => router.push(`/applications/${row.id}`)),
    x: picked && (() => picked.toggleSelected()),
    s: row && (() => allowed('applications:sync', () => plan({ application: row, act: { kind: 'sync' } }))),
    r: row && (() => allowed('applications:refresh', () => refresh.mutate(row))),
    'Shift+R':
      row &&
      (() =>
        allowed('applications:rollback', () => plan({ application: row, act: { kind: 'rollback', method: 'git' } }))),
  });
}
