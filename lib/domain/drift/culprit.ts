/** Who stands behind a field manager; decides the colour and the wording of a drift. */
export const CULPRIT_CLASSES = ['person', 'controller', 'agent', 'unknown'] as const;
export type CulpritClass = (typeof CULPRIT_CLASSES)[number];

/**
 * First match wins. Managers are chosen by the client: by its name (`--field-manager`) or from its user agent
 * up to the first slash, so a browser or a console in front of the API appears as `Mozilla`.
 */
const TABLE: readonly [RegExp, CulpritClass][] = [
  [/^quarterdeck(-|$)/, 'agent'],
  [/^argocd(-|$)/, 'agent'],
  [/^(kustomize|helm|source|notification|image-automation)-controller$/, 'agent'],
  [
    /^(flux|gotk|fleet|fleetagent|rancher-fleet|jx|jenkins-x.*|kapp|kapp-controller|werf|gitops-operator|sveltos.*)$/,
    'agent',
  ],
  [/^(kubectl|oc)([-_.].*)?$/, 'person'],
  [
    /^(helm|k9s|lens|openlens|freelens|node-fetch|octant|headlamp|kubernetes-dashboard|dashboard|rancher|mozilla|monokle|seabird|aptakube|k8slens|okteto|skaffold|tilt|kustomize|curl|postman.*|insomnia)$/i,
    'person',
  ],
  [
    /^(kube-controller-manager|kube-scheduler|kube-apiserver|kubelet|cloud-controller-manager|cluster-autoscaler)$/,
    'controller',
  ],
  [
    /^(horizontal-pod-autoscaler|vpa-.*|vertical-pod-autoscaler.*|keda.*|karpenter|vault.*|cainjector|cert-manager.*|linkerd.*|istio.*|pilot-discovery)$/,
    'controller',
  ],
  [
    /(^|[-_.])(controller|operator|manager|scheduler|autoscaler|injector|webhook|provisioner|admission|reconciler|recommender|updater|agent)([-_.].*)?$/,
    'controller',
  ],
  [/^(terraform.*|pulumi.*|hashicorp.*|ansible.*|openapi-generator|python-requests|okhttp|fabric8.*)$/i, 'controller'],
];

/**
 * The class of a field manager by its name: `kubectl-edit` → person, `horizontal-pod-autoscaler` → controller,
 * `argocd-controller` → agent; a name the table does not know (or null) → unknown.
 */
export function culpritClass(manager: string | null | undefined): CulpritClass {
  if (!manager) return 'unknown';
  return TABLE.find(([pattern]) => pattern.test(manager))?.[1] ?? 'unknown';
}
