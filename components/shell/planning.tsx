'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { DeploymentView } from '#lib/contracts/deployments.ts';

/** What a person wants to do to an application; nothing happens before they saw the plan. */
export interface PlanRequest {
  application: { id: string; name: string };
  act:
    | { kind: 'sync'; resources?: readonly string[] }
    | { kind: 'revert'; resources: readonly string[] }
    /** The application with all its objects. */
    | { kind: 'delete' }
    /** By Git revert or by pin, to this deployment or one chosen in the dialog. */
    | { kind: 'rollback'; method: 'git' | 'pin'; deployment?: DeploymentView };
}

const PlanningContext = createContext<(request: PlanRequest) => void>(() => undefined);

export function PlanningProvider({ plan, children }: { plan: (request: PlanRequest) => void; children: ReactNode }) {
  return <PlanningContext value={plan}>{children}</PlanningContext>;
}

/** Opens the plan dialog. */
export function usePlanning(): (request: PlanRequest) => void {
  return useContext(PlanningContext);
}
