import { isObject } from './json.ts';
import type { Manifest } from './manifest.ts';

/** Built-in kinds that live outside namespaces, `group/Kind`. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  '/ComponentStatus',
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'rbac.authorization.k8s.io/ClusterRole',
  'policy/PodSecurityPolicy',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'scheduling.k8s.io/PriorityClass',
  'node.k8s.io/RuntimeClass',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
]);

/**
 * Whether a kind lives in namespaces, without asking a cluster: built-in kinds and custom ones whose definition is
 * among the manifests. Null = only the cluster knows.
 */
export function scopeOf(group: string, kind: string, beside: ReadonlyMap<string, boolean>): boolean | null {
  const name = `${group}/${kind}`;
  if (CLUSTER_SCOPED.has(name)) return false;
  if (!group.includes('.') || group.endsWith('.k8s.io')) return true;
  return beside.get(name) ?? null;
}

/** `group/Kind` → namespaced, of every custom resource that definitions among these manifests bring. */
export function scopesOfDefinitions(manifests: readonly Manifest[]): Map<string, boolean> {
  const scopes = new Map<string, boolean>();
  for (const manifest of manifests) {
    const spec = manifest.kind === 'CustomResourceDefinition' ? manifest['spec'] : null;
    if (!isObject(spec) || !isObject(spec['names'])) continue;
    const { group, scope } = spec;
    const { kind } = spec['names'];
    if (typeof group === 'string' && typeof kind === 'string') scopes.set(`${group}/${kind}`, scope !== 'Cluster');
  }
  return scopes;
}
