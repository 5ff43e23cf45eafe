import { apiServiceHealth } from './apiregistration.k8s.io/api-service/rule.ts';
import { customResourceDefinitionHealth } from './apiextensions.k8s.io/custom-resource-definition/rule.ts';
import { daemonSetHealth } from './apps/daemon-set/rule.ts';
import { deploymentHealth } from './apps/deployment/rule.ts';
import { replicaSetHealth } from './apps/replica-set/rule.ts';
import { statefulSetHealth } from './apps/stateful-set/rule.ts';
import { horizontalPodAutoscalerHealth } from './autoscaling/horizontal-pod-autoscaler/rule.ts';
import { cronJobHealth } from './batch/cron-job/rule.ts';
import { jobHealth } from './batch/job/rule.ts';
import { namespaceHealth } from './core/namespace/rule.ts';
import { persistentVolumeClaimHealth } from './core/persistent-volume-claim/rule.ts';
import { podHealth } from './core/pod/rule.ts';
import { serviceHealth } from './core/service/rule.ts';
import { ingressHealth } from './networking.k8s.io/ingress/rule.ts';
import { podDisruptionBudgetHealth } from './policy/pod-disruption-budget/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that Kubernetes itself serves. */
export const KUBERNETES_RULES: Readonly<Record<string, HealthRule>> = {
  '/Namespace': namespaceHealth,
  '/PersistentVolumeClaim': persistentVolumeClaimHealth,
  '/Pod': podHealth,
  '/Service': serviceHealth,
  'apiextensions.k8s.io/CustomResourceDefinition': customResourceDefinitionHealth,
  'apiregistration.k8s.io/APIService': apiServiceHealth,
  'apps/DaemonSet': daemonSetHealth,
  'apps/Deployment': deploymentHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'apps/StatefulSet': statefulSetHealth,
  'autoscaling/HorizontalPodAutoscaler': horizontalPodAutoscalerHealth,
  'batch/CronJob': cronJobHealth,
  'batch/Job': jobHealth,
  'networking.k8s.io/Ingress': ingressHealth,
  'policy/PodDisruptionBudget': podDisruptionBudgetHealth,
};
