import { applicationRoutes, applicationViewRoutes } from './routes/applications.ts';
import { clusterRoutes } from './routes/clusters.ts';
import type { RouteDeclaration } from './routes/declare.ts';
import { healthRuleRoutes } from './routes/health-rules.ts';
import { operationRoutes, overviewRoutes } from './routes/operations.ts';
import { peopleRoutes } from './routes/people.ts';
import { projectRoutes, repositoryRoutes } from './routes/repositories.ts';

/** Every route of `/api/v1`: route files, the OpenAPI document and the console's calls all take theirs from here. */
export const ROUTES = {
  ...peopleRoutes,
  ...clusterRoutes,
  ...repositoryRoutes,
  ...projectRoutes,
  ...healthRuleRoutes,
  ...applicationRoutes,
  ...applicationViewRoutes,
  ...operationRoutes,
  ...overviewRoutes,
} as const satisfies Record<string, RouteDeclaration>;
/** Also the operation's id in the OpenAPI document. */
export type RouteName = keyof typeof ROUTES;
