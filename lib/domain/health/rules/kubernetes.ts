import { validatingAdmissionPolicyHealth } from './admissionregistration.k8s.io/validating-admission-policy/rule.ts';
import { customResourceDefinitionHealth } from './apiextensions.k8s.io/custom-resource-definition/rule.ts';
import { apiServiceHealth } from './apiregistration.k8s.io/api-service/rule.ts';
import { daemonSetHealth } from './apps/daemon-set/rule.ts';
import { deploymentHealth } from './apps/deployment/rule.ts';
import { replicaSetHealth } from './apps/replica-set/rule.ts';
import { statefulSetHealth } from './apps/stateful-set/rule.ts';
import { horizontalPodAutoscalerHealth } from './autoscaling/horizontal-pod-autoscaler/rule.ts';
import { cronJobHealth } from './batch/cron-job/rule.ts';
import { jobHealth } from './batch/job/rule.ts';
import { certificateSigningRequestHealth } from './certificates.k8s.io/certificate-signing-request/rule.ts';
import { namespaceHealth } from './core/namespace/rule.ts';
import { nodeHealth } from './core/node/rule.ts';
import { persistentVolumeClaimHealth } from './core/persistent-volume-claim/rule.ts';
import { persistentVolumeHealth } from './core/persistent-volume/rule.ts';
import { podHealth } from './core/pod/rule.ts';
import { replicationControllerHealth } from './core/replication-controller/rule.ts';
import { serviceHealth } from './core/service/rule.ts';
import { flowSchemaHealth } from './flowcontrol.apiserver.k8s.io/flow-schema/rule.ts';
import { ingressHealth } from './networking.k8s.io/ingress/rule.ts';
import { serviceCIDRHealth } from './networking.k8s.io/service-cidr/rule.ts';
import { podDisruptionBudgetHealth } from './policy/pod-disruption-budget/rule.ts';
import { resourceClaimHealth } from './resource.k8s.io/resource-claim/rule.ts';
import { volumeSnapshotContentHealth } from './snapshot.storage.k8s.io/volume-snapshot-content/rule.ts';
import { volumeSnapshotHealth } from './snapshot.storage.k8s.io/volume-snapshot/rule.ts';
import { volumeAttachmentHealth } from './storage.k8s.io/volume-attachment/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that Kubernetes itself serves, and the snapshots of its storage group. */
export const KUBERNETES_RULES: Readonly<Record<string, HealthRule>> = {
  '/Namespace': namespaceHealth,
  '/Node': nodeHealth,
  '/PersistentVolume': persistentVolumeHealth,
  '/PersistentVolumeClaim': persistentVolumeClaimHealth,
  '/Pod': podHealth,
  '/ReplicationController': replicationControllerHealth,
  '/Service': serviceHealth,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': validatingAdmissionPolicyHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': customResourceDefinitionHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/Deployment': deploymentHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'apps/StatefulSet': statefulSetHealth,
  'autoscaling/HorizontalPodAutoscaler': horizontalPodAutoscalerHealth,
  'batch/CronJob': cronJobHealth,
  'batch/Job': jobHealth,
  'certificates.k8s.io/CertificateSigningRequest': certificateSigningRequestHealth,
  'flowcontrol.apiserver.k8s.io/FlowSchema': flowSchemaHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  'networking.k8s.io/ServiceCIDR': serviceCIDRHealth,
  'policy/PodDisruptionBudget': podDisruptionBudgetHealth,
  'resource.k8s.io/ResourceClaim': resourceClaimHealth,
  'snapshot.storage.k8s.io/VolumeSnapshot': volumeSnapshotHealth,
  'snapshot.storage.k8s.io/VolumeSnapshotContent': volumeSnapshotContentHealth,
  'storage.k8s.io/VolumeAttachment': volumeAttachmentHealth,
};
