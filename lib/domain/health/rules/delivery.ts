import { challengeHealth } from './acme.cert-manager.io/challenge/rule.ts';
import { orderHealth } from './acme.cert-manager.io/order/rule.ts';
import { deploymentConfigHealth } from './apps.openshift.io/deployment-config/rule.ts';
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
import { buildHealth } from './build.openshift.io/build/rule.ts';
import { dataVolumeHealth } from './cdi.kubevirt.io/data-volume/rule.ts';
import { certificateRequestHealth } from './cert-manager.io/certificate-request/rule.ts';
import { certificateHealth } from './cert-manager.io/certificate/rule.ts';
import { clusterIssuerHealth } from './cert-manager.io/cluster-issuer/rule.ts';
import { issuerHealth } from './cert-manager.io/issuer/rule.ts';
import { ciliumClusterwideNetworkPolicyHealth } from './cilium.io/cilium-clusterwide-network-policy/rule.ts';
import { ciliumNetworkPolicyHealth } from './cilium.io/cilium-network-policy/rule.ts';
import { clusterOperatorHealth } from './config.openshift.io/cluster-operator/rule.ts';
import { clusterVersionHealth } from './config.openshift.io/cluster-version/rule.ts';
import { datadogMetricHealth } from './datadoghq.com/datadog-metric/rule.ts';
import { knativeBrokerHealth } from './eventing.knative.dev/broker/rule.ts';
import { knativeTriggerHealth } from './eventing.knative.dev/trigger/rule.ts';
import { clusterExternalSecretHealth } from './external-secrets.io/cluster-external-secret/rule.ts';
import { clusterSecretStoreHealth } from './external-secrets.io/cluster-secret-store/rule.ts';
import { externalSecretHealth } from './external-secrets.io/external-secret/rule.ts';
import { pushSecretHealth } from './external-secrets.io/push-secret/rule.ts';
import { secretStoreHealth } from './external-secrets.io/secret-store/rule.ts';
import { canaryHealth } from './flagger.app/canary/rule.ts';
import { fluxInstanceHealth } from './fluxcd.controlplane.io/flux-instance/rule.ts';
import { resourceSetInputProviderHealth } from './fluxcd.controlplane.io/resource-set-input-provider/rule.ts';
import { resourceSetHealth } from './fluxcd.controlplane.io/resource-set/rule.ts';
import { backendTLSPolicyHealth } from './gateway.networking.k8s.io/backend-tls-policy/rule.ts';
import { gatewayClassHealth } from './gateway.networking.k8s.io/gateway-class/rule.ts';
import { gatewayHealth } from './gateway.networking.k8s.io/gateway/rule.ts';
import { grpcRouteHealth } from './gateway.networking.k8s.io/grpc-route/rule.ts';
import { httpRouteHealth } from './gateway.networking.k8s.io/http-route/rule.ts';
import { listenerSetHealth } from './gateway.networking.k8s.io/listener-set/rule.ts';
import { tcpRouteHealth } from './gateway.networking.k8s.io/tcp-route/rule.ts';
import { tlsRouteHealth } from './gateway.networking.k8s.io/tls-route/rule.ts';
import { udpRouteHealth } from './gateway.networking.k8s.io/udp-route/rule.ts';
import { grafanaDashboardHealth } from './grafana.integreatly.org/grafana-dashboard/rule.ts';
import { grafanaDatasourceHealth } from './grafana.integreatly.org/grafana-datasource/rule.ts';
import { grafanaFolderHealth } from './grafana.integreatly.org/grafana-folder/rule.ts';
import { grafanaHealth } from './grafana.integreatly.org/grafana/rule.ts';
import { helmReleaseHealth } from './helm.toolkit.fluxcd.io/helm-release/rule.ts';
import { imageStreamHealth } from './image.openshift.io/image-stream/rule.ts';
import { imagePolicyHealth } from './image.toolkit.fluxcd.io/image-policy/rule.ts';
import { imageRepositoryHealth } from './image.toolkit.fluxcd.io/image-repository/rule.ts';
import { imageUpdateAutomationHealth } from './image.toolkit.fluxcd.io/image-update-automation/rule.ts';
import { istioOperatorHealth } from './install.istio.io/istio-operator/rule.ts';
import { jaegerHealth } from './jaegertracing.io/jaeger/rule.ts';
import { promotionHealth } from './kargo.akuity.io/promotion/rule.ts';
import { stageHealth } from './kargo.akuity.io/stage/rule.ts';
import { warehouseHealth } from './kargo.akuity.io/warehouse/rule.ts';
import { scaledJobHealth } from './keda.sh/scaled-job/rule.ts';
import { scaledObjectHealth } from './keda.sh/scaled-object/rule.ts';
import { virtualMachineInstanceHealth } from './kubevirt.io/virtual-machine-instance/rule.ts';
import { virtualMachineHealth } from './kubevirt.io/virtual-machine/rule.ts';
import { kustomizationHealth } from './kustomize.toolkit.fluxcd.io/kustomization/rule.ts';
import { clusterPolicyHealth } from './kyverno.io/cluster-policy/rule.ts';
import { policyHealth } from './kyverno.io/policy/rule.ts';
import { lokiStackHealth } from './loki.grafana.com/loki-stack/rule.ts';
import { machineConfigPoolHealth } from './machineconfiguration.openshift.io/machine-config-pool/rule.ts';
import { knativeChannelHealth } from './messaging.knative.dev/channel/rule.ts';
import { knativeSubscriptionHealth } from './messaging.knative.dev/subscription/rule.ts';
import { alertmanagerHealth } from './monitoring.coreos.com/alertmanager/rule.ts';
import { podMonitorHealth } from './monitoring.coreos.com/pod-monitor/rule.ts';
import { probeHealth } from './monitoring.coreos.com/probe/rule.ts';
import { prometheusAgentHealth } from './monitoring.coreos.com/prometheus-agent/rule.ts';
import { prometheusRuleHealth } from './monitoring.coreos.com/prometheus-rule/rule.ts';
import { prometheusHealth } from './monitoring.coreos.com/prometheus/rule.ts';
import { serviceMonitorHealth } from './monitoring.coreos.com/service-monitor/rule.ts';
import { thanosRulerHealth } from './monitoring.coreos.com/thanos-ruler/rule.ts';
import { istioDestinationRuleHealth } from './networking.istio.io/destination-rule/rule.ts';
import { istioGatewayHealth } from './networking.istio.io/gateway/rule.ts';
import { istioServiceEntryHealth } from './networking.istio.io/service-entry/rule.ts';
import { istioVirtualServiceHealth } from './networking.istio.io/virtual-service/rule.ts';
import { alertHealth } from './notification.toolkit.fluxcd.io/alert/rule.ts';
import { providerHealth } from './notification.toolkit.fluxcd.io/provider/rule.ts';
import { receiverHealth } from './notification.toolkit.fluxcd.io/receiver/rule.ts';
import { clusterExtensionHealth } from './olm.operatorframework.io/cluster-extension/rule.ts';
import { onePasswordItemHealth } from './onepassword.com/one-password-item/rule.ts';
import { openTelemetryCollectorHealth } from './opentelemetry.io/open-telemetry-collector/rule.ts';
import { knativeEventingHealth } from './operator.knative.dev/knative-eventing/rule.ts';
import { knativeServingHealth } from './operator.knative.dev/knative-serving/rule.ts';
import { tektonConfigHealth } from './operator.tekton.dev/tekton-config/rule.ts';
import { catalogSourceHealth } from './operators.coreos.com/catalog-source/rule.ts';
import { clusterServiceVersionHealth } from './operators.coreos.com/cluster-service-version/rule.ts';
import { installPlanHealth } from './operators.coreos.com/install-plan/rule.ts';
import { operatorGroupHealth } from './operators.coreos.com/operator-group/rule.ts';
import { olmSubscriptionHealth } from './operators.coreos.com/subscription/rule.ts';
import { generatingPolicyHealth } from './policies.kyverno.io/generating-policy/rule.ts';
import { imageValidatingPolicyHealth } from './policies.kyverno.io/image-validating-policy/rule.ts';
import { mutatingPolicyHealth } from './policies.kyverno.io/mutating-policy/rule.ts';
import { validatingPolicyHealth } from './policies.kyverno.io/validating-policy/rule.ts';
import { httpProxyHealth } from './projectcontour.io/http-proxy/rule.ts';
import { changeTransferPolicyHealth } from './promoter.argoproj.io/change-transfer-policy/rule.ts';
import { promoterCommitStatusHealth } from './promoter.argoproj.io/commit-status/rule.ts';
import { promoterGitRepositoryHealth } from './promoter.argoproj.io/git-repository/rule.ts';
import { promotionStrategyHealth } from './promoter.argoproj.io/promotion-strategy/rule.ts';
import { promoterPullRequestHealth } from './promoter.argoproj.io/pull-request/rule.ts';
import { promoterScmProviderHealth } from './promoter.argoproj.io/scm-provider/rule.ts';
import { openshiftRouteHealth } from './route.openshift.io/route/rule.ts';
import { istioHealth } from './sailoperator.io/istio/rule.ts';
import { vaultAuthHealth } from './secrets.hashicorp.com/vault-auth/rule.ts';
import { vaultConnectionHealth } from './secrets.hashicorp.com/vault-connection/rule.ts';
import { vaultDynamicSecretHealth } from './secrets.hashicorp.com/vault-dynamic-secret/rule.ts';
import { vaultPKISecretHealth } from './secrets.hashicorp.com/vault-pki-secret/rule.ts';
import { vaultStaticSecretHealth } from './secrets.hashicorp.com/vault-static-secret/rule.ts';
import { knativeConfigurationHealth } from './serving.knative.dev/configuration/rule.ts';
import { knativeDomainMappingHealth } from './serving.knative.dev/domain-mapping/rule.ts';
import { knativeRevisionHealth } from './serving.knative.dev/revision/rule.ts';
import { knativeRouteHealth } from './serving.knative.dev/route/rule.ts';
import { knativeServiceHealth } from './serving.knative.dev/service/rule.ts';
import { bucketHealth } from './source.toolkit.fluxcd.io/bucket/rule.ts';
import { gitRepositoryHealth } from './source.toolkit.fluxcd.io/git-repository/rule.ts';
import { helmChartHealth } from './source.toolkit.fluxcd.io/helm-chart/rule.ts';
import { helmRepositoryHealth } from './source.toolkit.fluxcd.io/helm-repository/rule.ts';
import { ociRepositoryHealth } from './source.toolkit.fluxcd.io/oci-repository/rule.ts';
import { knativeApiServerSourceHealth } from './sources.knative.dev/api-server-source/rule.ts';
import { knativePingSourceHealth } from './sources.knative.dev/ping-source/rule.ts';
import { knativeSinkBindingHealth } from './sources.knative.dev/sink-binding/rule.ts';
import { customRunHealth } from './tekton.dev/custom-run/rule.ts';
import { pipelineRunHealth } from './tekton.dev/pipeline-run/rule.ts';
import { taskRunHealth } from './tekton.dev/task-run/rule.ts';
import { constraintTemplateHealth } from './templates.gatekeeper.sh/constraint-template/rule.ts';
import { tempoStackHealth } from './tempo.grafana.com/tempo-stack/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that deliver, connect, certify and observe: GitOps agents, meshes, certificates, secrets, autoscaling, pipelines. */
export const DELIVERY_RULES: Readonly<Record<string, HealthRule>> = {
  'acme.cert-manager.io/Challenge': challengeHealth,
  'acme.cert-manager.io/Order': orderHealth,
  'apps.openshift.io/DeploymentConfig': deploymentConfigHealth,
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
  'build.openshift.io/Build': buildHealth,
  'cdi.kubevirt.io/DataVolume': dataVolumeHealth,
  'cert-manager.io/Certificate': certificateHealth,
  'cert-manager.io/CertificateRequest': certificateRequestHealth,
  'cert-manager.io/ClusterIssuer': clusterIssuerHealth,
  'cert-manager.io/Issuer': issuerHealth,
  'cilium.io/CiliumClusterwideNetworkPolicy': ciliumClusterwideNetworkPolicyHealth,
  'cilium.io/CiliumNetworkPolicy': ciliumNetworkPolicyHealth,
  'config.openshift.io/ClusterOperator': clusterOperatorHealth,
  'config.openshift.io/ClusterVersion': clusterVersionHealth,
  'datadoghq.com/DatadogMetric': datadogMetricHealth,
  'eventing.knative.dev/Broker': knativeBrokerHealth,
  'eventing.knative.dev/Trigger': knativeTriggerHealth,
  'external-secrets.io/ClusterExternalSecret': clusterExternalSecretHealth,
  'external-secrets.io/ClusterSecretStore': clusterSecretStoreHealth,
  'external-secrets.io/ExternalSecret': externalSecretHealth,
  'external-secrets.io/PushSecret': pushSecretHealth,
  'external-secrets.io/SecretStore': secretStoreHealth,
  'flagger.app/Canary': canaryHealth,
  'fluxcd.controlplane.io/FluxInstance': fluxInstanceHealth,
  'fluxcd.controlplane.io/ResourceSet': resourceSetHealth,
  'fluxcd.controlplane.io/ResourceSetInputProvider': resourceSetInputProviderHealth,
  'gateway.networking.k8s.io/BackendTLSPolicy': backendTLSPolicyHealth,
  'gateway.networking.k8s.io/GRPCRoute': grpcRouteHealth,
  'gateway.networking.k8s.io/Gateway': gatewayHealth,
  'gateway.networking.k8s.io/GatewayClass': gatewayClassHealth,
  'gateway.networking.k8s.io/HTTPRoute': httpRouteHealth,
  'gateway.networking.k8s.io/ListenerSet': listenerSetHealth,
  'gateway.networking.k8s.io/TCPRoute': tcpRouteHealth,
  'gateway.networking.k8s.io/TLSRoute': tlsRouteHealth,
  'gateway.networking.k8s.io/UDPRoute': udpRouteHealth,
  'grafana.integreatly.org/Grafana': grafanaHealth,
  'grafana.integreatly.org/GrafanaDashboard': grafanaDashboardHealth,
  'grafana.integreatly.org/GrafanaDatasource': grafanaDatasourceHealth,
  'grafana.integreatly.org/GrafanaFolder': grafanaFolderHealth,
  'helm.toolkit.fluxcd.io/HelmRelease': helmReleaseHealth,
  'image.openshift.io/ImageStream': imageStreamHealth,
  'image.toolkit.fluxcd.io/ImagePolicy': imagePolicyHealth,
  'image.toolkit.fluxcd.io/ImageRepository': imageRepositoryHealth,
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': imageUpdateAutomationHealth,
  'install.istio.io/IstioOperator': istioOperatorHealth,
  'jaegertracing.io/Jaeger': jaegerHealth,
  'kargo.akuity.io/Promotion': promotionHealth,
  'kargo.akuity.io/Stage': stageHealth,
  'kargo.akuity.io/Warehouse': warehouseHealth,
  'keda.sh/ScaledJob': scaledJobHealth,
  'keda.sh/ScaledObject': scaledObjectHealth,
  'kubevirt.io/VirtualMachine': virtualMachineHealth,
  'kubevirt.io/VirtualMachineInstance': virtualMachineInstanceHealth,
  'kustomize.toolkit.fluxcd.io/Kustomization': kustomizationHealth,
  'kyverno.io/ClusterPolicy': clusterPolicyHealth,
  'kyverno.io/Policy': policyHealth,
  'loki.grafana.com/LokiStack': lokiStackHealth,
  'machineconfiguration.openshift.io/MachineConfigPool': machineConfigPoolHealth,
  'messaging.knative.dev/Channel': knativeChannelHealth,
  'messaging.knative.dev/Subscription': knativeSubscriptionHealth,
  'monitoring.coreos.com/Alertmanager': alertmanagerHealth,
  'monitoring.coreos.com/PodMonitor': podMonitorHealth,
  'monitoring.coreos.com/Probe': probeHealth,
  'monitoring.coreos.com/Prometheus': prometheusHealth,
  'monitoring.coreos.com/PrometheusAgent': prometheusAgentHealth,
  'monitoring.coreos.com/PrometheusRule': prometheusRuleHealth,
  'monitoring.coreos.com/ServiceMonitor': serviceMonitorHealth,
  'monitoring.coreos.com/ThanosRuler': thanosRulerHealth,
  'networking.istio.io/DestinationRule': istioDestinationRuleHealth,
  'networking.istio.io/Gateway': istioGatewayHealth,
  'networking.istio.io/ServiceEntry': istioServiceEntryHealth,
  'networking.istio.io/VirtualService': istioVirtualServiceHealth,
  'notification.toolkit.fluxcd.io/Alert': alertHealth,
  'notification.toolkit.fluxcd.io/Provider': providerHealth,
  'notification.toolkit.fluxcd.io/Receiver': receiverHealth,
  'olm.operatorframework.io/ClusterExtension': clusterExtensionHealth,
  'onepassword.com/OnePasswordItem': onePasswordItemHealth,
  'opentelemetry.io/OpenTelemetryCollector': openTelemetryCollectorHealth,
  'operator.knative.dev/KnativeEventing': knativeEventingHealth,
  'operator.knative.dev/KnativeServing': knativeServingHealth,
  'operator.tekton.dev/TektonConfig': tektonConfigHealth,
  'operators.coreos.com/CatalogSource': catalogSourceHealth,
  'operators.coreos.com/ClusterServiceVersion': clusterServiceVersionHealth,
  'operators.coreos.com/InstallPlan': installPlanHealth,
  'operators.coreos.com/OperatorGroup': operatorGroupHealth,
  'operators.coreos.com/Subscription': olmSubscriptionHealth,
  'policies.kyverno.io/GeneratingPolicy': generatingPolicyHealth,
  'policies.kyverno.io/ImageValidatingPolicy': imageValidatingPolicyHealth,
  'policies.kyverno.io/MutatingPolicy': mutatingPolicyHealth,
  'policies.kyverno.io/ValidatingPolicy': validatingPolicyHealth,
  'projectcontour.io/HTTPProxy': httpProxyHealth,
  'promoter.argoproj.io/ChangeTransferPolicy': changeTransferPolicyHealth,
  'promoter.argoproj.io/CommitStatus': promoterCommitStatusHealth,
  'promoter.argoproj.io/GitRepository': promoterGitRepositoryHealth,
  'promoter.argoproj.io/PromotionStrategy': promotionStrategyHealth,
  'promoter.argoproj.io/PullRequest': promoterPullRequestHealth,
  'promoter.argoproj.io/ScmProvider': promoterScmProviderHealth,
  'route.openshift.io/Route': openshiftRouteHealth,
  'sailoperator.io/Istio': istioHealth,
  'secrets.hashicorp.com/VaultAuth': vaultAuthHealth,
  'secrets.hashicorp.com/VaultConnection': vaultConnectionHealth,
  'secrets.hashicorp.com/VaultDynamicSecret': vaultDynamicSecretHealth,
  'secrets.hashicorp.com/VaultPKISecret': vaultPKISecretHealth,
  'secrets.hashicorp.com/VaultStaticSecret': vaultStaticSecretHealth,
  'serving.knative.dev/Configuration': knativeConfigurationHealth,
  'serving.knative.dev/DomainMapping': knativeDomainMappingHealth,
  'serving.knative.dev/Revision': knativeRevisionHealth,
  'serving.knative.dev/Route': knativeRouteHealth,
  'serving.knative.dev/Service': knativeServiceHealth,
  'source.toolkit.fluxcd.io/Bucket': bucketHealth,
  'source.toolkit.fluxcd.io/GitRepository': gitRepositoryHealth,
  'source.toolkit.fluxcd.io/HelmChart': helmChartHealth,
  'source.toolkit.fluxcd.io/HelmRepository': helmRepositoryHealth,
  'source.toolkit.fluxcd.io/OCIRepository': ociRepositoryHealth,
  'sources.knative.dev/ApiServerSource': knativeApiServerSourceHealth,
  'sources.knative.dev/PingSource': knativePingSourceHealth,
  'sources.knative.dev/SinkBinding': knativeSinkBindingHealth,
  'tekton.dev/CustomRun': customRunHealth,
  'tekton.dev/PipelineRun': pipelineRunHealth,
  'tekton.dev/TaskRun': taskRunHealth,
  'templates.gatekeeper.sh/ConstraintTemplate': constraintTemplateHealth,
  'tempo.grafana.com/TempoStack': tempoStackHealth,
};
