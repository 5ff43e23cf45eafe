/** Who removes a finalizer, so that a person knows where to look when it stays. */
const KNOWN: readonly (readonly [pattern: RegExp, remover: string])[] = [
  [/^kubernetes$/, 'the namespace controller, when everything in it is gone'],
  [/^foregroundDeletion$/, 'the garbage collector, when what it owns is gone'],
  [/^orphan$/, 'the garbage collector, when what it owns is let go'],
  [/^kubernetes\.io\/pvc-protection$/, 'Kubernetes, when no pod uses the claim'],
  [/^kubernetes\.io\/pv-protection$/, 'Kubernetes, when no claim is bound to the volume'],
  [/^external-(?:attacher|provisioner|resizer)[./]/, 'the storage driver, when the volume is detached or gone'],
  [/^snapshot\.storage\.kubernetes\.io\//, 'the snapshot controller'],
  [/^batch\.kubernetes\.io\/job-tracking$/, 'the job controller, when it has counted the pod'],
  [/^service\.kubernetes\.io\/load-balancer-cleanup$/, 'the cloud provider, when the load balancer is gone'],
  [/^customresourcecleanup\.apiextensions\.k8s\.io$/, 'Kubernetes, when no object of the kind is left'],
  [/^(?:resources-finalizer|post-delete-finalizer|pre-delete-finalizer)\.argocd\.argoproj\.io/, 'Argo CD'],
  [/^finalizers\.fluxcd\.io$/, 'Flux'],
  [/^quarterdeck\.dev\//, 'Quarterdeck, when it has seen the end of the hook'],
  [/^(?:ingress|service|elbv2)\.k8s\.aws\//, 'the AWS load balancer controller'],
  [/^networking\.gke\.io\//, 'the GKE network controller'],
  [/(?:^|\.)crossplane\.io(?:\/|$)/, 'Crossplane, when the thing outside is gone'],
  [/(?:^|\.)cert-manager\.io(?:\/|$)/, 'cert-manager'],
  [/(?:^|\.)cluster\.x-k8s\.io(?:\/|$)/, 'Cluster API, when the machines are gone'],
  [/(?:^|\.)external-secrets\.io(?:\/|$)/, 'External Secrets'],
  [/^longhorn\.io$/, 'Longhorn'],
];

/** `X (removed by Y)`; of an unknown one only the domain in its name tells whose it is. */
export function finalizerWords(finalizer: string): string {
  const remover = KNOWN.find(([pattern]) => pattern.test(finalizer))?.[1] ?? ownerByName(finalizer);
  return remover === null ? finalizer : `${finalizer} (removed by ${remover})`;
}

function ownerByName(finalizer: string): string | null {
  const [domain = ''] = finalizer.split('/');
  return domain.includes('.') ? `the controller of ${domain}` : null;
}
