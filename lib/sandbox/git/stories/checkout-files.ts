/** Files of the Kustomize application `checkout`: a base, a component and one overlay per environment. */

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
spec:
  replicas: 1
  selector:
    matchLabels:
      app: checkout
  template:
    metadata:
      labels:
        app: checkout
    spec:
      containers:
        - name: api
          image: registry.example/shop/checkout
          ports:
            - name: http
              containerPort: 9000
          envFrom:
            - configMapRef:
                name: checkout
          resources:
            requests:
              cpu: 50m
              memory: 96Mi
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: checkout
spec:
  selector:
    app: checkout
  ports:
    - name: http
      port: 80
      targetPort: http
`;

export const CHECKOUT_BUDGET = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: checkout
spec:
  minAvailable: 2
  selector:
    matchLabels:
      app: checkout
`;

export function checkoutConfig(paymentUrl: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: checkout
data:
  PAYMENT_URL: ${paymentUrl}
  RETRIES: "3"
`;
}

/** Base files by path, relative to the repository. */
export const CHECKOUT_BASE: Record<string, string> = {
  'checkout/base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
  - service.yaml
  - config.yaml
`,
  'checkout/base/deployment.yaml': DEPLOYMENT,
  'checkout/base/service.yaml': SERVICE,
  'checkout/base/config.yaml': checkoutConfig('https://pay.example/v1'),
};

export const CHECKOUT_VERBOSE: Record<string, string> = {
  'checkout/components/verbose/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - path: log-level.yaml
`,
  'checkout/components/verbose/log-level.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: checkout
data:
  LOG_LEVEL: debug
`,
};

export interface Overlay {
  tag: string;
  replicas: number;
  verbose?: boolean;
  budget?: boolean;
}

export function checkoutOverlay(environment: string, overlay: Overlay): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
${overlay.budget === true ? '  - budget.yaml\n' : ''}${overlay.verbose === true ? 'components:\n  - ../../components/verbose\n' : ''}labels:
  - pairs:
      environment: ${environment}
images:
  - name: registry.example/shop/checkout
    newTag: ${overlay.tag}
replicas:
  - name: checkout
    count: ${overlay.replicas}
`;
}
