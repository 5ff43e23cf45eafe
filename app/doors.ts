import type { CalledRoute } from '#lib/client/paths.ts';

type Door = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/** The doors of the API that pages knock on while they are rendered: the same checks, no network. */
export const DOORS: Partial<Record<CalledRoute, () => Promise<Door>>> = {
  getSession: async () => (await import('./api/v1/session/route.ts')).GET,
  getFleet: async () => (await import('./api/v1/fleet/route.ts')).GET,
  listApplications: async () => (await import('./api/v1/applications/route.ts')).GET,
  getApplication: async () => (await import('./api/v1/applications/[id]/route.ts')).GET,
  getChanges: async () => (await import('./api/v1/applications/[id]/changes/route.ts')).GET,
  listResources: async () => (await import('./api/v1/applications/[id]/resources/route.ts')).GET,
  getState: async () => (await import('./api/v1/applications/[id]/state/route.ts')).GET,
  exportState: async () => (await import('./api/v1/applications/[id]/state/yaml/route.ts')).GET,
  listDeployments: async () => (await import('./api/v1/applications/[id]/deployments/route.ts')).GET,
  listTimeline: async () => (await import('./api/v1/applications/[id]/timeline/route.ts')).GET,
  listOperations: async () => (await import('./api/v1/applications/[id]/operations/route.ts')).GET,
  listDrift: async () => (await import('./api/v1/drift/route.ts')).GET,
  listAudit: async () => (await import('./api/v1/audit/route.ts')).GET,
  listClusters: async () => (await import('./api/v1/clusters/route.ts')).GET,
  listRepositories: async () => (await import('./api/v1/repositories/route.ts')).GET,
  listProjects: async () => (await import('./api/v1/projects/route.ts')).GET,
  getSystemIgnoreRules: async () => (await import('./api/v1/ignore-rules/route.ts')).GET,
  listHealthRules: async () => (await import('./api/v1/health-rules/route.ts')).GET,
  listPeople: async () => (await import('./api/v1/people/route.ts')).GET,
  getInvitation: async () => (await import('./api/v1/join/[token]/route.ts')).GET,
};
