import { PLATFORM } from './stories/platform.ts';
import { STOREFRONT } from './stories/storefront.ts';
import type { Story } from './stories/story.ts';

export type SampleEnvironment = 'dev' | 'staging' | 'production';

/** What a newcomer should find after the first start. */
export type SampleState =
  | { kind: 'healthy' }
  /** Synced once at `syncedAt` (a label of the story); Git has moved on since. */
  | { kind: 'pending'; syncedAt: string }
  /** Synced at the head, then changed on the cluster by somebody with kubectl. */
  | { kind: 'hand-edited'; object: { kind: 'Deployment'; name: string }; replicas: number }
  /** Synced at the head; the image cannot be pulled. The last good revision is `lastGood` (a label). */
  | { kind: 'failing'; deployment: string; image: string; lastGood: string };

export interface SampleApplication {
  /** Unique: `<app>-<environment>`. */
  name: string;
  repository: 'storefront' | 'platform';
  path: string;
  tool: 'directory' | 'kustomize' | 'helm';
  /** Value files of a Helm application, relative to `path`. */
  valueFiles: string[];
  environment: SampleEnvironment;
  namespace: string;
  automated: boolean;
  state: SampleState;
}

/** Every sample repository, in the order they are built. */
export const SAMPLE_STORIES: readonly Story[] = [STOREFRONT, PLATFORM];

export const SAMPLE_ENVIRONMENTS: readonly SampleEnvironment[] = ['dev', 'staging', 'production'];

const HEALTHY: SampleState = { kind: 'healthy' };
const SAMPLE_NAMESPACE = 'shop';

const STATES: Record<string, SampleState> = {
  'storefront-production': { kind: 'pending', syncedAt: 'web-1.8.2' },
  'checkout-staging': { kind: 'hand-edited', object: { kind: 'Deployment', name: 'checkout' }, replicas: 5 },
  'search-production': {
    kind: 'failing',
    deployment: 'search',
    image: 'registry.example/shop/search:2.4.0-broken',
    lastGood: 'checkout-3.2.0',
  },
};

function application(
  app: string,
  environment: SampleEnvironment,
  source: Pick<SampleApplication, 'repository' | 'path' | 'tool'> & { valueFiles?: string[] },
): SampleApplication {
  const name = `${app}-${environment}`;
  const state = STATES[name] ?? HEALTHY;
  return {
    name,
    valueFiles: [],
    ...source,
    environment,
    namespace: SAMPLE_NAMESPACE,
    automated: environment === 'dev' && state.kind === 'healthy',
    state,
  };
}

/** Twelve applications: four apps in three environments, one target branch (`main`). */
export const SAMPLE_APPLICATIONS: readonly SampleApplication[] = SAMPLE_ENVIRONMENTS.flatMap((environment) => [
  application('storefront', environment, { repository: 'storefront', path: 'deploy', tool: 'directory' }),
  application('checkout', environment, {
    repository: 'platform',
    path: `checkout/overlays/${environment}`,
    tool: 'kustomize',
  }),
  application('search', environment, {
    repository: 'platform',
    path: 'charts/search',
    tool: 'helm',
    valueFiles: [`values-${environment}.yaml`],
  }),
  application('notifier', environment, { repository: 'platform', path: 'notifier', tool: 'directory' }),
]);
