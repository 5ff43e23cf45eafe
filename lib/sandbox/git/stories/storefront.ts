import type { Story } from './story.ts';

interface Web {
  tag: string;
  /** Absent while an autoscaler owns the field. */
  replicas?: number;
  probes?: boolean;
  memory?: string;
  sessionKey?: boolean;
  /** Name of the ConfigMap; default `storefront`. */
  config?: string;
}

function deployment(web: Web): string {
  const probes = `          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            initialDelaySeconds: 10
`;
  const secret = `            - secretRef:
                name: storefront-session
`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
  labels:
    app.kubernetes.io/name: storefront
    app.kubernetes.io/part-of: shop
spec:
${web.replicas === undefined ? '' : `  replicas: ${web.replicas}\n`}  selector:
    matchLabels:
      app.kubernetes.io/name: storefront
  template:
    metadata:
      labels:
        app.kubernetes.io/name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:${web.tag}
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: ${web.config ?? 'storefront'}
${web.sessionKey === true ? secret : ''}          resources:
            requests:
              cpu: 100m
              memory: ${web.memory ?? '128Mi'}
            limits:
              memory: ${web.memory ?? '128Mi'}
${web.probes === true ? probes : ''}`;
}

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: storefront
  labels:
    app.kubernetes.io/name: storefront
spec:
  selector:
    app.kubernetes.io/name: storefront
  ports:
    - name: http
      port: 80
      targetPort: http
`;

function config(data: Record<string, string>, name = 'storefront'): string {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: "${value}"`);
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
${lines.join('\n')}
`;
}

const BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: storefront
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: storefront
`;

const AUTOSCALER = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: storefront
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: storefront
  minReplicas: 2
  maxReplicas: 8
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`;

const SESSION = `apiVersion: v1
kind: Secret
metadata:
  name: storefront-session
type: Opaque
stringData:
  SESSION_KEY: sample-session-key-not-a-real-one
`;

const README = `# storefront

The shop's web front. \`deploy/\` is what runs: plain manifests, no namespace, the application decides where.
`;

const BASE_CONFIG = { LOG_LEVEL: 'info', CURRENCY: 'EUR' };
const SETTINGS = 'storefront-settings';
const SIGNED = { replicas: 3, probes: true, sessionKey: true, config: SETTINGS };
const SEARCH_CONFIG = { ...BASE_CONFIG, SEARCH_URL: 'http://search' };

/** One application in plain YAML; tags follow the image, so a semver target revision has something to match. */
export const STOREFRONT: Story = {
  repository: 'storefront',
  description: 'One application in plain YAML',
  commits: [
    {
      label: 'first',
      author: 'mara',
      date: '2026-09-01T07:12:00Z',
      subject: 'Deploy the storefront from Git',
      body: 'What was applied by hand until now, as it runs today.',
      files: {
        'README.md': README,
        'deploy/deployment.yaml': deployment({ tag: '1.6.0', replicas: 2 }),
        'deploy/service.yaml': SERVICE,
        'deploy/config.yaml': config(BASE_CONFIG),
      },
      tag: 'v1.6.0',
    },
    {
      label: 'search-url',
      author: 'jonas',
      date: '2026-09-04T12:40:00Z',
      subject: 'Point the storefront at the search service',
      files: { 'deploy/config.yaml': config(SEARCH_CONFIG) },
    },
    {
      label: 'web-1.7.0',
      author: 'bot',
      date: '2026-09-09T09:03:00Z',
      subject: 'web 1.7.0',
      body: 'Wish lists, and the new product page.',
      files: { 'deploy/deployment.yaml': deployment({ tag: '1.7.0', replicas: 2 }) },
      tag: 'v1.7.0',
    },
    {
      label: 'three-replicas',
      author: 'priya',
      date: '2026-09-15T14:21:00Z',
      subject: 'Run three replicas for the autumn sale',
      files: { 'deploy/deployment.yaml': deployment({ tag: '1.7.0', replicas: 3 }) },
    },
    {
      label: 'probes',
      author: 'amadou',
      date: '2026-09-18T08:55:00Z',
      subject: 'Probe readiness and liveness',
      body: 'Pods took traffic two seconds before they could answer.',
      files: { 'deploy/deployment.yaml': deployment({ tag: '1.7.0', replicas: 3, probes: true }) },
    },
    {
      label: 'web-1.8.0',
      author: 'bot',
      date: '2026-09-24T10:30:00Z',
      subject: 'web 1.8.0',
      body: 'The new basket.',
      files: { 'deploy/deployment.yaml': deployment({ tag: '1.8.0', replicas: 3, probes: true }) },
      tag: 'v1.8.0',
    },
    {
      label: 'web-1.8.1',
      author: 'bot',
      date: '2026-09-25T06:47:00Z',
      subject: 'web 1.8.1',
      body: '1.8.0 answered basket pages with a public cache header.',
      files: { 'deploy/deployment.yaml': deployment({ tag: '1.8.1', replicas: 3, probes: true }) },
      tag: 'v1.8.1',
    },
    {
      label: 'budget',
      author: 'amadou',
      date: '2026-10-02T13:10:00Z',
      subject: 'Keep one pod up while nodes drain',
      files: { 'deploy/budget.yaml': BUDGET },
    },
    {
      label: 'autoscaler',
      author: 'priya',
      date: '2026-10-06T11:05:00Z',
      subject: 'Scale the storefront by CPU',
      files: {
        'deploy/autoscaler.yaml': AUTOSCALER,
        'deploy/deployment.yaml': deployment({ tag: '1.8.1', probes: true }),
      },
    },
    {
      label: 'fixed-replicas',
      author: 'priya',
      date: '2026-10-07T16:42:00Z',
      subject: 'Go back to a fixed number of replicas',
      body: 'Staging has no metrics server, so the autoscaler never decided anything there.',
      files: {
        'deploy/autoscaler.yaml': null,
        'deploy/deployment.yaml': deployment({ tag: '1.8.1', replicas: 3, probes: true }),
      },
    },
    {
      label: 'session-key',
      author: 'mara',
      date: '2026-10-14T09:18:00Z',
      subject: 'Sign baskets with a session key',
      files: {
        'deploy/session.yaml': SESSION,
        'deploy/deployment.yaml': deployment({ tag: '1.8.1', replicas: 3, probes: true, sessionKey: true }),
      },
    },
    {
      label: 'rename-settings',
      author: 'mara',
      date: '2026-10-16T12:25:00Z',
      subject: 'Call the settings what they are',
      body: 'The ConfigMap storefront becomes storefront-settings; the old one is to be pruned.',
      files: {
        'deploy/config.yaml': null,
        'deploy/settings.yaml': config(SEARCH_CONFIG, SETTINGS),
        'deploy/deployment.yaml': deployment({ ...SIGNED, tag: '1.8.1' }),
      },
    },
    {
      label: 'web-1.8.2',
      author: 'bot',
      date: '2026-10-21T08:02:00Z',
      subject: 'web 1.8.2',
      files: { 'deploy/deployment.yaml': deployment({ ...SIGNED, tag: '1.8.2' }) },
      tag: 'v1.8.2',
    },
    {
      label: 'more-memory',
      author: 'jonas',
      date: '2026-11-02T15:37:00Z',
      subject: 'Give the storefront 256Mi and announce free shipping',
      body: 'Two pods were killed for memory during the last campaign.',
      files: {
        'deploy/settings.yaml': config({ ...SEARCH_CONFIG, BANNER: 'Free shipping until December 1' }, SETTINGS),
        'deploy/deployment.yaml': deployment({ ...SIGNED, tag: '1.8.2', memory: '256Mi' }),
      },
    },
  ],
};
