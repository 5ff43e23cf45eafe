import type { JsonValue, Manifest, ObjectKey } from '../resource/manifest.ts';
import type { Difference } from './difference.ts';
import { coversPath } from './path-match.ts';
import { parsePath } from './paths.ts';

/**
 * A field that a controller writes by right. `unset`: only where Git says nothing of it; `injected`: also where Git holds an empty
 * value or a placeholder, or the object asks for the injection; `always`: whatever Git says.
 */
interface Owned {
  /** Empty = any. */
  group: string | null;
  kinds: readonly string[] | null;
  paths: readonly string[];
  when: 'unset' | 'injected' | 'always';
  /** Who writes it and why, as a sentence. */
  reason: string;
}

const INJECTS_CA = [
  'cert-manager.io/inject-ca-from',
  'cert-manager.io/inject-ca-from-secret',
  'cert-manager.io/inject-apiserver-ca',
  'service.beta.openshift.io/inject-cabundle',
] as const;

/** Values people write where something else is to fill in the real one: nothing, a line break, a blank. */
const PLACEHOLDERS: readonly (JsonValue | undefined)[] = [undefined, null, '', 'Cg==', 'IA==', 'Cgo='];
const CA = 'The CA bundle is injected by cert-manager or by the server behind it.';

/** The documented table; README.md lists it in words. */
const TABLE: readonly Owned[] = [
  {
    group: 'admissionregistration.k8s.io',
    kinds: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    paths: ['webhooks[*].clientConfig.caBundle'],
    when: 'injected',
    reason: CA,
  },
  { group: 'apiregistration.k8s.io', kinds: ['APIService'], paths: ['spec.caBundle'], when: 'injected', reason: CA },
  {
    group: 'apiextensions.k8s.io',
    kinds: ['CustomResourceDefinition'],
    paths: ['spec.conversion.webhook.clientConfig.caBundle'],
    when: 'injected',
    reason: CA,
  },
  {
    group: '',
    kinds: ['Service'],
    paths: ['spec.clusterIP', 'spec.clusterIPs', 'spec.healthCheckNodePort', 'spec.ports[*].nodePort'],
    when: 'unset',
    reason: 'The cluster assigns addresses and node ports.',
  },
  {
    group: '',
    kinds: ['PersistentVolumeClaim'],
    paths: ['spec.volumeName'],
    when: 'unset',
    reason: 'The volume controller binds the claim.',
  },
  {
    group: '',
    kinds: ['PersistentVolume'],
    paths: ['spec.claimRef'],
    when: 'unset',
    reason: 'The volume controller binds the volume.',
  },
  {
    group: '',
    kinds: ['ServiceAccount'],
    paths: ['secrets', 'imagePullSecrets'],
    when: 'unset',
    reason: 'The token controller and the cluster’s vendor add their own Secrets.',
  },
  {
    group: '',
    kinds: ['Namespace'],
    paths: ['spec.finalizers', 'metadata.labels["kubernetes.io/metadata.name"]'],
    when: 'unset',
    reason: 'The API server adds them to every namespace.',
  },
  {
    group: '',
    kinds: ['Node'],
    paths: ['spec.podCIDR', 'spec.podCIDRs', 'spec.providerID', 'spec.taints'],
    when: 'unset',
    reason: 'The node controller and the cloud provider set them.',
  },
  {
    group: '',
    kinds: ['Pod'],
    paths: ['spec.nodeName', 'spec.tolerations', 'spec.priority'],
    when: 'unset',
    reason: 'The scheduler and admission set them.',
  },
  {
    group: 'batch',
    kinds: ['Job'],
    paths: [
      'spec.selector.matchLabels["batch.kubernetes.io/controller-uid"]',
      'spec.selector.matchLabels["controller-uid"]',
      'spec.template.metadata.labels["batch.kubernetes.io/*"]',
      'spec.template.metadata.labels["controller-uid"]',
      'spec.template.metadata.labels["job-name"]',
    ],
    when: 'unset',
    reason: 'The API server names the pods of a Job by its uid.',
  },
  {
    group: null,
    kinds: null,
    paths: [
      'metadata.annotations["deployment.kubernetes.io/*"]',
      'metadata.annotations["deprecated.daemonset.template.generation"]',
      'metadata.annotations["pv.kubernetes.io/*"]',
      'metadata.annotations["volume.kubernetes.io/*"]',
      'metadata.annotations["control-plane.alpha.kubernetes.io/leader"]',
    ],
    when: 'always',
    reason: 'A controller of Kubernetes keeps its own notes in it.',
  },
  {
    group: null,
    kinds: null,
    paths: ['metadata.finalizers[=kubernetes.io/pv-protection]', 'metadata.finalizers[=kubernetes.io/pvc-protection]'],
    when: 'unset',
    reason: 'The cluster protects what is in use from deletion.',
  },
];

/** Who owns the field of a difference by right; null when it counts. Manifests are masked: desired, live. */
export function ownedByRight(
  difference: Difference,
  { key, manifests }: { key: Pick<ObjectKey, 'group' | 'kind'>; manifests: readonly (Manifest | null)[] },
): { level: 'built-in'; rule: string; reason: string } | null {
  const steps = parsePath(difference.path);
  if (steps === null) return null;
  for (const { group, kinds, paths, when, reason } of TABLE) {
    if (group !== null && group !== key.group) continue;
    if (kinds !== null && !kinds.includes(key.kind)) continue;
    const path = paths.find((pattern) => coversPath(pattern, steps));
    if (path !== undefined && applies(when, difference, manifests)) return { level: 'built-in', rule: path, reason };
  }
  return null;
}

function applies(when: Owned['when'], { desired }: Difference, manifests: readonly (Manifest | null)[]): boolean {
  if (when === 'always') return true;
  if (when === 'unset') return desired === undefined;
  return (
    PLACEHOLDERS.includes(desired) ||
    manifests.some((manifest) => INJECTS_CA.some((name) => manifest?.metadata.annotations?.[name] !== undefined))
  );
}
