import { analysisRunHealth } from './argoproj.io/analysis-run/rule.ts';
import { applicationSetHealth } from './argoproj.io/application-set/rule.ts';
import { applicationHealth } from './argoproj.io/application/rule.ts';
import { cronWorkflowHealth } from './argoproj.io/cron-workflow/rule.ts';
import { eventBusHealth } from './argoproj.io/event-bus/rule.ts';
import { eventSourceHealth } from './argoproj.io/event-source/rule.ts';
import { experimentHealth } from './argoproj.io/experiment/rule.ts';
import { rolloutHealth } from './argoproj.io/rollout/rule.ts';
import { sensorHealth } from './argoproj.io/sensor/rule.ts';
import { workflowHealth } from './argoproj.io/workflow/rule.ts';
import { fluxInstanceHealth } from './fluxcd.controlplane.io/flux-instance/rule.ts';
import { resourceSetInputProviderHealth } from './fluxcd.controlplane.io/resource-set-input-provider/rule.ts';
import { resourceSetHealth } from './fluxcd.controlplane.io/resource-set/rule.ts';
import { helmReleaseHealth } from './helm.toolkit.fluxcd.io/helm-release/rule.ts';
import { imagePolicyHealth } from './image.toolkit.fluxcd.io/image-policy/rule.ts';
import { imageRepositoryHealth } from './image.toolkit.fluxcd.io/image-repository/rule.ts';
import { imageUpdateAutomationHealth } from './image.toolkit.fluxcd.io/image-update-automation/rule.ts';
import { kustomizationHealth } from './kustomize.toolkit.fluxcd.io/kustomization/rule.ts';
import { alertHealth } from './notification.toolkit.fluxcd.io/alert/rule.ts';
import { providerHealth } from './notification.toolkit.fluxcd.io/provider/rule.ts';
import { receiverHealth } from './notification.toolkit.fluxcd.io/receiver/rule.ts';
import { bucketHealth } from './source.toolkit.fluxcd.io/bucket/rule.ts';
import { gitRepositoryHealth } from './source.toolkit.fluxcd.io/git-repository/rule.ts';
import { helmChartHealth } from './source.toolkit.fluxcd.io/helm-chart/rule.ts';
import { helmRepositoryHealth } from './source.toolkit.fluxcd.io/helm-repository/rule.ts';
import { ociRepositoryHealth } from './source.toolkit.fluxcd.io/oci-repository/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that deliver, connect, certify and observe: GitOps agents, meshes, certificates, secrets, autoscaling, pipelines. */
export const DELIVERY_RULES: Readonly<Record<string, HealthRule>> = {
  'argoproj.io/AnalysisRun': analysisRunHealth,
  'argoproj.io/Application': applicationHealth,
  'argoproj.io/ApplicationSet': applicationSetHealth,
  'argoproj.io/CronWorkflow': cronWorkflowHealth,
  'argoproj.io/EventBus': eventBusHealth,
  'argoproj.io/EventSource': eventSourceHealth,
  'argoproj.io/Experiment': experimentHealth,
  'argoproj.io/Rollout': rolloutHealth,
  'argoproj.io/Sensor': sensorHealth,
  'argoproj.io/Workflow': workflowHealth,
  'fluxcd.controlplane.io/FluxInstance': fluxInstanceHealth,
  'fluxcd.controlplane.io/ResourceSet': resourceSetHealth,
  'fluxcd.controlplane.io/ResourceSetInputProvider': resourceSetInputProviderHealth,
  'helm.toolkit.fluxcd.io/HelmRelease': helmReleaseHealth,
  'image.toolkit.fluxcd.io/ImagePolicy': imagePolicyHealth,
  'image.toolkit.fluxcd.io/ImageRepository': imageRepositoryHealth,
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': imageUpdateAutomationHealth,
  'kustomize.toolkit.fluxcd.io/Kustomization': kustomizationHealth,
  'notification.toolkit.fluxcd.io/Alert': alertHealth,
  'notification.toolkit.fluxcd.io/Provider': providerHealth,
  'notification.toolkit.fluxcd.io/Receiver': receiverHealth,
  'source.toolkit.fluxcd.io/Bucket': bucketHealth,
  'source.toolkit.fluxcd.io/GitRepository': gitRepositoryHealth,
  'source.toolkit.fluxcd.io/HelmChart': helmChartHealth,
  'source.toolkit.fluxcd.io/HelmRepository': helmRepositoryHealth,
  'source.toolkit.fluxcd.io/OCIRepository': ociRepositoryHealth,
};
