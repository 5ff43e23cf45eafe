'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { SessionView } from '#lib/contracts/session.ts';
import { type Permission, whyNot } from '#lib/domain/policy/roles.ts';

const SessionContext = createContext<SessionView | null>(null);

export function SessionProvider({ session, children }: { session: SessionView; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is for signed-in pages');
  return session;
}

/** Why the person may not, such as `needs role operator`; null when they may. The verb decides, this explains. */
export function useWhyNot(): (permission: Permission) => string | null {
  const { user } = useSession();
  return (permission) => {
    const reason = whyNot(user.role, permission);
    return reason === null ? null : `${reason[0]?.toUpperCase()}${reason.slice(1)}; you are ${user.role}`;
  };
}
