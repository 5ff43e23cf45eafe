import { challengeHealth } from './acme.cert-manager.io/challenge/rule.ts';
import { orderHealth } from './acme.cert-manager.io/order/rule.ts';
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
import { sealedSecretHealth } from './bitnami.com/sealed-secret/rule.ts';
import { certificateRequestHealth } from './cert-manager.io/certificate-request/rule.ts';
import { certificateHealth } from './cert-manager.io/certificate/rule.ts';
import { clusterIssuerHealth } from './cert-manager.io/cluster-issuer/rule.ts';
import { issuerHealth } from './cert-manager.io/issuer/rule.ts';
import { clusterExternalSecretHealth } from './external-secrets.io/cluster-external-secret/rule.ts';
import { clusterSecretStoreHealth } from './external-secrets.io/cluster-secret-store/rule.ts';
import { externalSecretHealth } from './external-secrets.io/external-secret/rule.ts';
import { pushSecretHealth } from './external-secrets.io/push-secret/rule.ts';
import { secretStoreHealth } from './external-secrets.io/secret-store/rule.ts';
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
import { vaultAuthHealth } from './secrets.hashicorp.com/vault-auth/rule.ts';
import { vaultConnectionHealth } from './secrets.hashicorp.com/vault-connection/rule.ts';
import { vaultDynamicSecretHealth } from './secrets.hashicorp.com/vault-dynamic-secret/rule.ts';
import { vaultPKISecretHealth } from './secrets.hashicorp.com/vault-pki-secret/rule.ts';
import { vaultStaticSecretHealth } from './secrets.hashicorp.com/vault-static-secret/rule.ts';
import { bucketHealth } from './source.toolkit.fluxcd.io/bucket/rule.ts';
import { gitRepositoryHealth } from './source.toolkit.fluxcd.io/git-repository/rule.ts';
import { helmChartHealth } from './source.toolkit.fluxcd.io/helm-chart/rule.ts';
import { helmRepositoryHealth } from './source.toolkit.fluxcd.io/helm-repository/rule.ts';
import { ociRepositoryHealth } from './source.toolkit.fluxcd.io/oci-repository/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that deliver, connect, certify and observe: GitOps agents, meshes, certificates, secrets, autoscaling, pipelines. */
export const DELIVERY_RULES: Readonly<Record<string, HealthRule>> = {
  'acme.cert-manager.io/Challenge': challengeHealth,
  'acme.cert-manager.io/Order': orderHealth,
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
  'bitnami.com/SealedSecret': sealedSecretHealth,
  'cert-manager.io/Certificate': certificateHealth,
  'cert-manager.io/CertificateRequest': certificateRequestHealth,
  'cert-manager.io/ClusterIssuer': clusterIssuerHealth,
  'cert-manager.io/Issuer': issuerHealth,
  'external-secrets.io/ClusterExternalSecret': clusterExternalSecretHealth,
  'external-secrets.io/ClusterSecretStore': clusterSecretStoreHealth,
  'external-secrets.io/ExternalSecret': externalSecretHealth,
  'external-secrets.io/PushSecret': pushSecretHealth,
  'external-secrets.io/SecretStore': secretStoreHealth,
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
  'secrets.hashicorp.com/VaultAuth': vaultAuthHealth,
  'secrets.hashicorp.com/VaultConnection': vaultConnectionHealth,
  'secrets.hashicorp.com/VaultDynamicSecret': vaultDynamicSecretHealth,
  'secrets.hashicorp.com/VaultPKISecret': vaultPKISecretHealth,
  'secrets.hashicorp.com/VaultStaticSecret': vaultStaticSecretHealth,
  'source.toolkit.fluxcd.io/Bucket': bucketHealth,
  'source.toolkit.fluxcd.io/GitRepository': gitRepositoryHealth,
  'source.toolkit.fluxcd.io/HelmChart': helmChartHealth,
  'source.toolkit.fluxcd.io/HelmRepository': helmRepositoryHealth,
  'source.toolkit.fluxcd.io/OCIRepository': ociRepositoryHealth,
};
