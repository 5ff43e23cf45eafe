import { zalandoPostgresqlHealth } from './acid.zalan.do/postgresql/rule.ts';
import { clusterResourceSetHealth } from './addons.cluster.x-k8s.io/cluster-resource-set/rule.ts';
import { elasticAgentHealth } from './agent.k8s.elastic.co/agent/rule.ts';
import { compositeResourceDefinitionHealth } from './apiextensions.crossplane.io/composite-resource-definition/rule.ts';
import { apmServerHealth } from './apm.k8s.elastic.co/apm-server/rule.ts';
import { redisEnterpriseClusterHealth } from './app.redislabs.com/redis-enterprise-cluster/rule.ts';
import { redisEnterpriseDatabaseHealth } from './app.redislabs.com/redis-enterprise-database/rule.ts';
import { broadcastJobHealth } from './apps.kruise.io/broadcast-job/rule.ts';
import { cloneSetHealth } from './apps.kruise.io/clone-set/rule.ts';
import { kruiseDaemonSetHealth } from './apps.kruise.io/daemon-set/rule.ts';
import { kruiseStatefulSetHealth } from './apps.kruise.io/stateful-set/rule.ts';
import { verticalPodAutoscalerHealth } from './autoscaling.k8s.io/vertical-pod-autoscaler/rule.ts';
import { volcanoJobHealth } from './batch.volcano.sh/job/rule.ts';
import { beatHealth } from './beat.k8s.elastic.co/beat/rule.ts';
import { camelIntegrationHealth } from './camel.apache.org/integration/rule.ts';
import { camelIntegrationKitHealth } from './camel.apache.org/integration-kit/rule.ts';
import { camelIntegrationPlatformHealth } from './camel.apache.org/integration-platform/rule.ts';
import { cassandraDatacenterHealth } from './cassandra.datastax.com/cassandra-datacenter/rule.ts';
import { cephBlockPoolHealth } from './ceph.rook.io/ceph-block-pool/rule.ts';
import { cephClusterHealth } from './ceph.rook.io/ceph-cluster/rule.ts';
import { cephFilesystemHealth } from './ceph.rook.io/ceph-filesystem/rule.ts';
import { cephObjectStoreHealth } from './ceph.rook.io/ceph-object-store/rule.ts';
import { cephObjectStoreUserHealth } from './ceph.rook.io/ceph-object-store-user/rule.ts';
import { clickHouseKeeperInstallationHealth } from './clickhouse-keeper.altinity.com/clickhouse-keeper-installation/rule.ts';
import { clickHouseInstallationHealth } from './clickhouse.altinity.com/clickhouse-installation/rule.ts';
import { capiClusterHealth } from './cluster.x-k8s.io/cluster/rule.ts';
import { capiMachineHealth } from './cluster.x-k8s.io/machine/rule.ts';
import { machineDeploymentHealth } from './cluster.x-k8s.io/machine-deployment/rule.ts';
import { machineHealthCheckHealth } from './cluster.x-k8s.io/machine-health-check/rule.ts';
import { machinePoolHealth } from './cluster.x-k8s.io/machine-pool/rule.ts';
import { machineSetHealth } from './cluster.x-k8s.io/machine-set/rule.ts';
import { awsManagedControlPlaneHealth } from './controlplane.cluster.x-k8s.io/aws-managed-control-plane/rule.ts';
import { kubeadmControlPlaneHealth } from './controlplane.cluster.x-k8s.io/kubeadm-control-plane/rule.ts';
import { gardenerShootHealth } from './core.gardener.cloud/shoot/rule.ts';
import { atlasMigrationHealth } from './db.atlasgo.io/atlas-migration/rule.ts';
import { atlasSchemaHealth } from './db.atlasgo.io/atlas-schema/rule.ts';
import { elasticsearchHealth } from './elasticsearch.k8s.elastic.co/elasticsearch/rule.ts';
import { enterpriseSearchHealth } from './enterprisesearch.k8s.elastic.co/enterprise-search/rule.ts';
import { flinkDeploymentHealth } from './flink.apache.org/flink-deployment/rule.ts';
import { flinkSessionJobHealth } from './flink.apache.org/flink-session-job/rule.ts';
import { jetStreamConsumerHealth } from './jetstream.nats.io/consumer/rule.ts';
import { jetStreamStreamHealth } from './jetstream.nats.io/stream/rule.ts';
import { jobSetHealth } from './jobset.x-k8s.io/job-set/rule.ts';
import { keycloakHealth } from './k8s.keycloak.org/keycloak/rule.ts';
import { keycloakRealmImportHealth } from './k8s.keycloak.org/keycloak-realm-import/rule.ts';
import { mariaDBBackupHealth } from './k8s.mariadb.com/backup/rule.ts';
import { mariaDBDatabaseHealth } from './k8s.mariadb.com/database/rule.ts';
import { mariaDBGrantHealth } from './k8s.mariadb.com/grant/rule.ts';
import { mariaDBHealth } from './k8s.mariadb.com/mariadb/rule.ts';
import { mariaDBRestoreHealth } from './k8s.mariadb.com/restore/rule.ts';
import { mariaDBSqlJobHealth } from './k8s.mariadb.com/sql-job/rule.ts';
import { mariaDBUserHealth } from './k8s.mariadb.com/user/rule.ts';
import { k8ssandraClusterHealth } from './k8ssandra.io/k8ssandra-cluster/rule.ts';
import { koperatorKafkaClusterHealth } from './kafka.banzaicloud.io/kafka-cluster/rule.ts';
import { strimziKafkaHealth } from './kafka.strimzi.io/kafka/rule.ts';
import { strimziKafkaBridgeHealth } from './kafka.strimzi.io/kafka-bridge/rule.ts';
import { strimziKafkaConnectHealth } from './kafka.strimzi.io/kafka-connect/rule.ts';
import { strimziKafkaConnectorHealth } from './kafka.strimzi.io/kafka-connector/rule.ts';
import { strimziKafkaMirrorMaker2Health } from './kafka.strimzi.io/kafka-mirror-maker2/rule.ts';
import { strimziKafkaNodePoolHealth } from './kafka.strimzi.io/kafka-node-pool/rule.ts';
import { strimziKafkaRebalanceHealth } from './kafka.strimzi.io/kafka-rebalance/rule.ts';
import { strimziKafkaTopicHealth } from './kafka.strimzi.io/kafka-topic/rule.ts';
import { strimziKafkaUserHealth } from './kafka.strimzi.io/kafka-user/rule.ts';
import { aksNodeClassHealth } from './karpenter.azure.com/aks-node-class/rule.ts';
import { ec2NodeClassHealth } from './karpenter.k8s.aws/ec2-node-class/rule.ts';
import { nodeClaimHealth } from './karpenter.sh/node-claim/rule.ts';
import { nodePoolHealth } from './karpenter.sh/node-pool/rule.ts';
import { kibanaHealth } from './kibana.k8s.elastic.co/kibana/rule.ts';
import { resourceGraphDefinitionHealth } from './kro.run/resource-graph-definition/rule.ts';
import { kubeflowMPIJobHealth } from './kubeflow.org/mpi-job/rule.ts';
import { kubeflowNotebookHealth } from './kubeflow.org/notebook/rule.ts';
import { kubeflowPaddleJobHealth } from './kubeflow.org/paddle-job/rule.ts';
import { kubeflowPyTorchJobHealth } from './kubeflow.org/pytorch-job/rule.ts';
import { kubeflowTFJobHealth } from './kubeflow.org/tf-job/rule.ts';
import { kubeflowXGBoostJobHealth } from './kubeflow.org/xgboost-job/rule.ts';
import { kueueAdmissionCheckHealth } from './kueue.x-k8s.io/admission-check/rule.ts';
import { kueueClusterQueueHealth } from './kueue.x-k8s.io/cluster-queue/rule.ts';
import { kueueLocalQueueHealth } from './kueue.x-k8s.io/local-queue/rule.ts';
import { kueueWorkloadHealth } from './kueue.x-k8s.io/workload/rule.ts';
import { leaderWorkerSetHealth } from './leaderworkerset.x-k8s.io/leader-worker-set/rule.ts';
import { logstashHealth } from './logstash.k8s.elastic.co/logstash/rule.ts';
import { longhornBackupHealth } from './longhorn.io/backup/rule.ts';
import { longhornBackupTargetHealth } from './longhorn.io/backup-target/rule.ts';
import { longhornNodeHealth } from './longhorn.io/node/rule.ts';
import { longhornVolumeHealth } from './longhorn.io/volume/rule.ts';
import { seldonDeploymentHealth } from './machinelearning.seldon.io/seldon-deployment/rule.ts';
import { medusaBackupJobHealth } from './medusa.k8ssandra.io/medusa-backup-job/rule.ts';
import { medusaTaskHealth } from './medusa.k8ssandra.io/medusa-task/rule.ts';
import { minioTenantHealth } from './minio.min.io/tenant/rule.ts';
import { mongoDBEnterpriseHealth } from './mongodb.com/mongodb/rule.ts';
import { mongoDBMultiClusterHealth } from './mongodb.com/mongodb-multi-cluster/rule.ts';
import { mongoDBOpsManagerHealth } from './mongodb.com/mongodb-ops-manager/rule.ts';
import { mongoDBUserHealth } from './mongodb.com/mongodb-user/rule.ts';
import { mongoDBCommunityHealth } from './mongodbcommunity.mongodb.com/mongodb-community/rule.ts';
import { innoDBClusterHealth } from './mysql.oracle.com/innodb-cluster/rule.ts';
import { numaflowInterStepBufferServiceHealth } from './numaflow.numaproj.io/inter-step-buffer-service/rule.ts';
import { numaflowMonoVertexHealth } from './numaflow.numaproj.io/mono-vertex/rule.ts';
import { numaflowPipelineHealth } from './numaflow.numaproj.io/pipeline/rule.ts';
import { numaflowVertexHealth } from './numaflow.numaproj.io/vertex/rule.ts';
import { numaplaneISBServiceRolloutHealth } from './numaplane.numaproj.io/isb-service-rollout/rule.ts';
import { numaplaneMonoVertexRolloutHealth } from './numaplane.numaproj.io/mono-vertex-rollout/rule.ts';
import { numaplanePipelineRolloutHealth } from './numaplane.numaproj.io/pipeline-rollout/rule.ts';
import { objectBucketClaimHealth } from './objectbucket.io/object-bucket-claim/rule.ts';
import { storageClusterHealth } from './ocs.openshift.io/storage-cluster/rule.ts';
import { openSearchClusterHealth } from './opensearch.opster.io/opensearch-cluster/rule.ts';
import { perconaPGClusterHealth } from './pgv2.percona.com/percona-pg-cluster/rule.ts';
import { crossplaneConfigurationHealth } from './pkg.crossplane.io/configuration/rule.ts';
import { crossplaneConfigurationRevisionHealth } from './pkg.crossplane.io/configuration-revision/rule.ts';
import { crossplaneFunctionHealth } from './pkg.crossplane.io/function/rule.ts';
import { crossplaneFunctionRevisionHealth } from './pkg.crossplane.io/function-revision/rule.ts';
import { crossplaneProviderHealth } from './pkg.crossplane.io/provider/rule.ts';
import { crossplaneProviderRevisionHealth } from './pkg.crossplane.io/provider-revision/rule.ts';
import { confluentConnectHealth } from './platform.confluent.io/connect/rule.ts';
import { confluentConnectorHealth } from './platform.confluent.io/connector/rule.ts';
import { confluentControlCenterHealth } from './platform.confluent.io/control-center/rule.ts';
import { confluentKafkaHealth } from './platform.confluent.io/kafka/rule.ts';
import { confluentKafkaRestProxyHealth } from './platform.confluent.io/kafka-rest-proxy/rule.ts';
import { confluentKRaftControllerHealth } from './platform.confluent.io/kraft-controller/rule.ts';
import { confluentKsqlDBHealth } from './platform.confluent.io/ksqldb/rule.ts';
import { confluentSchemaRegistryHealth } from './platform.confluent.io/schema-registry/rule.ts';
import { confluentZookeeperHealth } from './platform.confluent.io/zookeeper/rule.ts';
import { crunchyPostgresClusterHealth } from './postgres-operator.crunchydata.com/postgres-cluster/rule.ts';
import { cnpgBackupHealth } from './postgresql.cnpg.io/backup/rule.ts';
import { cnpgClusterHealth } from './postgresql.cnpg.io/cluster/rule.ts';
import { cnpgDatabaseHealth } from './postgresql.cnpg.io/database/rule.ts';
import { cnpgPoolerHealth } from './postgresql.cnpg.io/pooler/rule.ts';
import { cnpgPublicationHealth } from './postgresql.cnpg.io/publication/rule.ts';
import { cnpgScheduledBackupHealth } from './postgresql.cnpg.io/scheduled-backup/rule.ts';
import { cnpgSubscriptionHealth } from './postgresql.cnpg.io/subscription/rule.ts';
import { perconaServerMySQLHealth } from './ps.percona.com/percona-server-mysql/rule.ts';
import { perconaServerMongoDBHealth } from './psmdb.percona.com/percona-server-mongodb/rule.ts';
import { pulumiStackHealth } from './pulumi.com/stack/rule.ts';
import { perconaXtraDBClusterHealth } from './pxc.percona.com/percona-xtradb-cluster/rule.ts';
import { rabbitmqBindingHealth } from './rabbitmq.com/binding/rule.ts';
import { rabbitmqExchangeHealth } from './rabbitmq.com/exchange/rule.ts';
import { rabbitmqFederationHealth } from './rabbitmq.com/federation/rule.ts';
import { rabbitmqPermissionHealth } from './rabbitmq.com/permission/rule.ts';
import { rabbitmqPolicyHealth } from './rabbitmq.com/policy/rule.ts';
import { rabbitmqQueueHealth } from './rabbitmq.com/queue/rule.ts';
import { rabbitmqClusterHealth } from './rabbitmq.com/rabbitmq-cluster/rule.ts';
import { rabbitmqShovelHealth } from './rabbitmq.com/shovel/rule.ts';
import { rabbitmqUserHealth } from './rabbitmq.com/user/rule.ts';
import { rabbitmqVhostHealth } from './rabbitmq.com/vhost/rule.ts';
import { rayClusterHealth } from './ray.io/ray-cluster/rule.ts';
import { rayJobHealth } from './ray.io/ray-job/rule.ts';
import { rayServiceHealth } from './ray.io/ray-service/rule.ts';
import { redisClusterHealth } from './redis.redis.opstreelabs.in/redis-cluster/rule.ts';
import { kruiseRolloutHealth } from './rollouts.kruise.io/rollout/rule.ts';
import { volcanoPodGroupHealth } from './scheduling.volcano.sh/pod-group/rule.ts';
import { volcanoQueueHealth } from './scheduling.volcano.sh/queue/rule.ts';
import { sapServiceBindingHealth } from './services.cloud.sap.com/service-binding/rule.ts';
import { sapServiceInstanceHealth } from './services.cloud.sap.com/service-instance/rule.ts';
import { adoptedResourceHealth } from './services.k8s.aws/adopted-resource/rule.ts';
import { inferenceServiceHealth } from './serving.kserve.io/inference-service/rule.ts';
import { llmInferenceServiceHealth } from './serving.kserve.io/llm-inference-service/rule.ts';
import { solrCloudHealth } from './solr.apache.org/solr-cloud/rule.ts';
import { scheduledSparkApplicationHealth } from './sparkoperator.k8s.io/scheduled-spark-application/rule.ts';
import { sparkApplicationHealth } from './sparkoperator.k8s.io/spark-application/rule.ts';
import { stackConfigPolicyHealth } from './stackconfigpolicy.k8s.elastic.co/stack-config-policy/rule.ts';
import { ansibleJobHealth } from './tower.ansible.com/ansible-job/rule.ts';
import { trainJobHealth } from './trainer.kubeflow.org/train-job/rule.ts';
import { tridentBackendConfigHealth } from './trident.netapp.io/trident-backend-config/rule.ts';
import { tridentOrchestratorHealth } from './trident.netapp.io/trident-orchestrator/rule.ts';
import { veleroBackupHealth } from './velero.io/backup/rule.ts';
import { backupRepositoryHealth } from './velero.io/backup-repository/rule.ts';
import { backupStorageLocationHealth } from './velero.io/backup-storage-location/rule.ts';
import { veleroRestoreHealth } from './velero.io/restore/rule.ts';
import { veleroScheduleHealth } from './velero.io/schedule/rule.ts';
import { karmadaClusterResourceBindingHealth } from './work.karmada.io/cluster-resource-binding/rule.ts';
import { karmadaResourceBindingHealth } from './work.karmada.io/resource-binding/rule.ts';
import { zookeeperClusterHealth } from './zookeeper.pravega.io/zookeeper-cluster/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that hold data, clusters and machines: clouds, databases, storage, queues, batch compute. */
export const INFRASTRUCTURE_RULES: Readonly<Record<string, HealthRule>> = {
  'acid.zalan.do/postgresql': zalandoPostgresqlHealth,
  'addons.cluster.x-k8s.io/ClusterResourceSet': clusterResourceSetHealth,
  'agent.k8s.elastic.co/Agent': elasticAgentHealth,
  'apiextensions.crossplane.io/CompositeResourceDefinition': compositeResourceDefinitionHealth,
  'apm.k8s.elastic.co/ApmServer': apmServerHealth,
  'app.redislabs.com/RedisEnterpriseCluster': redisEnterpriseClusterHealth,
  'app.redislabs.com/RedisEnterpriseDatabase': redisEnterpriseDatabaseHealth,
  'apps.kruise.io/BroadcastJob': broadcastJobHealth,
  'apps.kruise.io/CloneSet': cloneSetHealth,
  'apps.kruise.io/DaemonSet': kruiseDaemonSetHealth,
  'apps.kruise.io/StatefulSet': kruiseStatefulSetHealth,
  'autoscaling.k8s.io/VerticalPodAutoscaler': verticalPodAutoscalerHealth,
  'batch.volcano.sh/Job': volcanoJobHealth,
  'beat.k8s.elastic.co/Beat': beatHealth,
  'camel.apache.org/Integration': camelIntegrationHealth,
  'camel.apache.org/IntegrationKit': camelIntegrationKitHealth,
  'camel.apache.org/IntegrationPlatform': camelIntegrationPlatformHealth,
  'cassandra.datastax.com/CassandraDatacenter': cassandraDatacenterHealth,
  'ceph.rook.io/CephBlockPool': cephBlockPoolHealth,
  'ceph.rook.io/CephCluster': cephClusterHealth,
  'ceph.rook.io/CephFilesystem': cephFilesystemHealth,
  'ceph.rook.io/CephObjectStore': cephObjectStoreHealth,
  'ceph.rook.io/CephObjectStoreUser': cephObjectStoreUserHealth,
  'clickhouse-keeper.altinity.com/ClickHouseKeeperInstallation': clickHouseKeeperInstallationHealth,
  'clickhouse.altinity.com/ClickHouseInstallation': clickHouseInstallationHealth,
  'cluster.x-k8s.io/Cluster': capiClusterHealth,
  'cluster.x-k8s.io/Machine': capiMachineHealth,
  'cluster.x-k8s.io/MachineDeployment': machineDeploymentHealth,
  'cluster.x-k8s.io/MachineHealthCheck': machineHealthCheckHealth,
  'cluster.x-k8s.io/MachinePool': machinePoolHealth,
  'cluster.x-k8s.io/MachineSet': machineSetHealth,
  'controlplane.cluster.x-k8s.io/AWSManagedControlPlane': awsManagedControlPlaneHealth,
  'controlplane.cluster.x-k8s.io/KubeadmControlPlane': kubeadmControlPlaneHealth,
  'core.gardener.cloud/Shoot': gardenerShootHealth,
  'db.atlasgo.io/AtlasMigration': atlasMigrationHealth,
  'db.atlasgo.io/AtlasSchema': atlasSchemaHealth,
  'elasticsearch.k8s.elastic.co/Elasticsearch': elasticsearchHealth,
  'enterprisesearch.k8s.elastic.co/EnterpriseSearch': enterpriseSearchHealth,
  'flink.apache.org/FlinkDeployment': flinkDeploymentHealth,
  'flink.apache.org/FlinkSessionJob': flinkSessionJobHealth,
  'jetstream.nats.io/Consumer': jetStreamConsumerHealth,
  'jetstream.nats.io/Stream': jetStreamStreamHealth,
  'jobset.x-k8s.io/JobSet': jobSetHealth,
  'k8s.keycloak.org/Keycloak': keycloakHealth,
  'k8s.keycloak.org/KeycloakRealmImport': keycloakRealmImportHealth,
  'k8s.mariadb.com/Backup': mariaDBBackupHealth,
  'k8s.mariadb.com/Database': mariaDBDatabaseHealth,
  'k8s.mariadb.com/Grant': mariaDBGrantHealth,
  'k8s.mariadb.com/MariaDB': mariaDBHealth,
  'k8s.mariadb.com/Restore': mariaDBRestoreHealth,
  'k8s.mariadb.com/SqlJob': mariaDBSqlJobHealth,
  'k8s.mariadb.com/User': mariaDBUserHealth,
  'k8ssandra.io/K8ssandraCluster': k8ssandraClusterHealth,
  'kafka.banzaicloud.io/KafkaCluster': koperatorKafkaClusterHealth,
  'kafka.strimzi.io/Kafka': strimziKafkaHealth,
  'kafka.strimzi.io/KafkaBridge': strimziKafkaBridgeHealth,
  'kafka.strimzi.io/KafkaConnect': strimziKafkaConnectHealth,
  'kafka.strimzi.io/KafkaConnector': strimziKafkaConnectorHealth,
  'kafka.strimzi.io/KafkaMirrorMaker2': strimziKafkaMirrorMaker2Health,
  'kafka.strimzi.io/KafkaNodePool': strimziKafkaNodePoolHealth,
  'kafka.strimzi.io/KafkaRebalance': strimziKafkaRebalanceHealth,
  'kafka.strimzi.io/KafkaTopic': strimziKafkaTopicHealth,
  'kafka.strimzi.io/KafkaUser': strimziKafkaUserHealth,
  'karpenter.azure.com/AKSNodeClass': aksNodeClassHealth,
  'karpenter.k8s.aws/EC2NodeClass': ec2NodeClassHealth,
  'karpenter.sh/NodeClaim': nodeClaimHealth,
  'karpenter.sh/NodePool': nodePoolHealth,
  'kibana.k8s.elastic.co/Kibana': kibanaHealth,
  'kro.run/ResourceGraphDefinition': resourceGraphDefinitionHealth,
  'kubeflow.org/MPIJob': kubeflowMPIJobHealth,
  'kubeflow.org/Notebook': kubeflowNotebookHealth,
  'kubeflow.org/PaddleJob': kubeflowPaddleJobHealth,
  'kubeflow.org/PyTorchJob': kubeflowPyTorchJobHealth,
  'kubeflow.org/TFJob': kubeflowTFJobHealth,
  'kubeflow.org/XGBoostJob': kubeflowXGBoostJobHealth,
  'kueue.x-k8s.io/AdmissionCheck': kueueAdmissionCheckHealth,
  'kueue.x-k8s.io/ClusterQueue': kueueClusterQueueHealth,
  'kueue.x-k8s.io/LocalQueue': kueueLocalQueueHealth,
  'kueue.x-k8s.io/Workload': kueueWorkloadHealth,
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': leaderWorkerSetHealth,
  'logstash.k8s.elastic.co/Logstash': logstashHealth,
  'longhorn.io/Backup': longhornBackupHealth,
  'longhorn.io/BackupTarget': longhornBackupTargetHealth,
  'longhorn.io/Node': longhornNodeHealth,
  'longhorn.io/Volume': longhornVolumeHealth,
  'machinelearning.seldon.io/SeldonDeployment': seldonDeploymentHealth,
  'medusa.k8ssandra.io/MedusaBackupJob': medusaBackupJobHealth,
  'medusa.k8ssandra.io/MedusaTask': medusaTaskHealth,
  'minio.min.io/Tenant': minioTenantHealth,
  'mongodb.com/MongoDB': mongoDBEnterpriseHealth,
  'mongodb.com/MongoDBMultiCluster': mongoDBMultiClusterHealth,
  'mongodb.com/MongoDBOpsManager': mongoDBOpsManagerHealth,
  'mongodb.com/MongoDBUser': mongoDBUserHealth,
  'mongodbcommunity.mongodb.com/MongoDBCommunity': mongoDBCommunityHealth,
  'mysql.oracle.com/InnoDBCluster': innoDBClusterHealth,
  'numaflow.numaproj.io/InterStepBufferService': numaflowInterStepBufferServiceHealth,
  'numaflow.numaproj.io/MonoVertex': numaflowMonoVertexHealth,
  'numaflow.numaproj.io/Pipeline': numaflowPipelineHealth,
  'numaflow.numaproj.io/Vertex': numaflowVertexHealth,
  'numaplane.numaproj.io/ISBServiceRollout': numaplaneISBServiceRolloutHealth,
  'numaplane.numaproj.io/MonoVertexRollout': numaplaneMonoVertexRolloutHealth,
  'numaplane.numaproj.io/PipelineRollout': numaplanePipelineRolloutHealth,
  'objectbucket.io/ObjectBucketClaim': objectBucketClaimHealth,
  'ocs.openshift.io/StorageCluster': storageClusterHealth,
  'opensearch.opster.io/OpenSearchCluster': openSearchClusterHealth,
  'pgv2.percona.com/PerconaPGCluster': perconaPGClusterHealth,
  'pkg.crossplane.io/Configuration': crossplaneConfigurationHealth,
  'pkg.crossplane.io/ConfigurationRevision': crossplaneConfigurationRevisionHealth,
  'pkg.crossplane.io/Function': crossplaneFunctionHealth,
  'pkg.crossplane.io/FunctionRevision': crossplaneFunctionRevisionHealth,
  'pkg.crossplane.io/Provider': crossplaneProviderHealth,
  'pkg.crossplane.io/ProviderRevision': crossplaneProviderRevisionHealth,
  'platform.confluent.io/Connect': confluentConnectHealth,
  'platform.confluent.io/Connector': confluentConnectorHealth,
  'platform.confluent.io/ControlCenter': confluentControlCenterHealth,
  'platform.confluent.io/KRaftController': confluentKRaftControllerHealth,
  'platform.confluent.io/Kafka': confluentKafkaHealth,
  'platform.confluent.io/KafkaRestProxy': confluentKafkaRestProxyHealth,
  'platform.confluent.io/KsqlDB': confluentKsqlDBHealth,
  'platform.confluent.io/SchemaRegistry': confluentSchemaRegistryHealth,
  'platform.confluent.io/Zookeeper': confluentZookeeperHealth,
  'postgres-operator.crunchydata.com/PostgresCluster': crunchyPostgresClusterHealth,
  'postgresql.cnpg.io/Backup': cnpgBackupHealth,
  'postgresql.cnpg.io/Cluster': cnpgClusterHealth,
  'postgresql.cnpg.io/Database': cnpgDatabaseHealth,
  'postgresql.cnpg.io/Pooler': cnpgPoolerHealth,
  'postgresql.cnpg.io/Publication': cnpgPublicationHealth,
  'postgresql.cnpg.io/ScheduledBackup': cnpgScheduledBackupHealth,
  'postgresql.cnpg.io/Subscription': cnpgSubscriptionHealth,
  'ps.percona.com/PerconaServerMySQL': perconaServerMySQLHealth,
  'psmdb.percona.com/PerconaServerMongoDB': perconaServerMongoDBHealth,
  'pulumi.com/Stack': pulumiStackHealth,
  'pxc.percona.com/PerconaXtraDBCluster': perconaXtraDBClusterHealth,
  'rabbitmq.com/Binding': rabbitmqBindingHealth,
  'rabbitmq.com/Exchange': rabbitmqExchangeHealth,
  'rabbitmq.com/Federation': rabbitmqFederationHealth,
  'rabbitmq.com/Permission': rabbitmqPermissionHealth,
  'rabbitmq.com/Policy': rabbitmqPolicyHealth,
  'rabbitmq.com/Queue': rabbitmqQueueHealth,
  'rabbitmq.com/RabbitmqCluster': rabbitmqClusterHealth,
  'rabbitmq.com/Shovel': rabbitmqShovelHealth,
  'rabbitmq.com/User': rabbitmqUserHealth,
  'rabbitmq.com/Vhost': rabbitmqVhostHealth,
  'ray.io/RayCluster': rayClusterHealth,
  'ray.io/RayJob': rayJobHealth,
  'ray.io/RayService': rayServiceHealth,
  'redis.redis.opstreelabs.in/RedisCluster': redisClusterHealth,
  'rollouts.kruise.io/Rollout': kruiseRolloutHealth,
  'scheduling.volcano.sh/PodGroup': volcanoPodGroupHealth,
  'scheduling.volcano.sh/Queue': volcanoQueueHealth,
  'services.cloud.sap.com/ServiceBinding': sapServiceBindingHealth,
  'services.cloud.sap.com/ServiceInstance': sapServiceInstanceHealth,
  'services.k8s.aws/AdoptedResource': adoptedResourceHealth,
  'serving.kserve.io/InferenceService': inferenceServiceHealth,
  'serving.kserve.io/LLMInferenceService': llmInferenceServiceHealth,
  'solr.apache.org/SolrCloud': solrCloudHealth,
  'sparkoperator.k8s.io/ScheduledSparkApplication': scheduledSparkApplicationHealth,
  'sparkoperator.k8s.io/SparkApplication': sparkApplicationHealth,
  'stackconfigpolicy.k8s.elastic.co/StackConfigPolicy': stackConfigPolicyHealth,
  'tower.ansible.com/AnsibleJob': ansibleJobHealth,
  'trainer.kubeflow.org/TrainJob': trainJobHealth,
  'trident.netapp.io/TridentBackendConfig': tridentBackendConfigHealth,
  'trident.netapp.io/TridentOrchestrator': tridentOrchestratorHealth,
  'velero.io/Backup': veleroBackupHealth,
  'velero.io/BackupRepository': backupRepositoryHealth,
  'velero.io/BackupStorageLocation': backupStorageLocationHealth,
  'velero.io/Restore': veleroRestoreHealth,
  'velero.io/Schedule': veleroScheduleHealth,
  'work.karmada.io/ClusterResourceBinding': karmadaClusterResourceBindingHealth,
  'work.karmada.io/ResourceBinding': karmadaResourceBindingHealth,
  'zookeeper.pravega.io/ZookeeperCluster': zookeeperClusterHealth,
};
