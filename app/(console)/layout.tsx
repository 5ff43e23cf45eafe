import type { ReactNode } from 'react';
import { PlanHost } from '#components/plans/plan-host.tsx';
import { Shell } from '#components/shell/shell.tsx';
import { requireSession } from '../server-query.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  return (
    <Shell session={session}>
      <PlanHost>{children}</PlanHost>
    </Shell>
  );
}
