import { zalandoPostgresqlHealth } from './acid.zalan.do/postgresql/rule.ts';
import { clusterResourceSetHealth } from './addons.cluster.x-k8s.io/cluster-resource-set/rule.ts';
import { compositeResourceDefinitionHealth } from './apiextensions.crossplane.io/composite-resource-definition/rule.ts';
import { verticalPodAutoscalerHealth } from './autoscaling.k8s.io/vertical-pod-autoscaler/rule.ts';
import { cephBlockPoolHealth } from './ceph.rook.io/ceph-block-pool/rule.ts';
import { cephClusterHealth } from './ceph.rook.io/ceph-cluster/rule.ts';
import { cephFilesystemHealth } from './ceph.rook.io/ceph-filesystem/rule.ts';
import { cephObjectStoreHealth } from './ceph.rook.io/ceph-object-store/rule.ts';
import { cephObjectStoreUserHealth } from './ceph.rook.io/ceph-object-store-user/rule.ts';
import { capiClusterHealth } from './cluster.x-k8s.io/cluster/rule.ts';
import { capiMachineHealth } from './cluster.x-k8s.io/machine/rule.ts';
import { machineDeploymentHealth } from './cluster.x-k8s.io/machine-deployment/rule.ts';
import { machineHealthCheckHealth } from './cluster.x-k8s.io/machine-health-check/rule.ts';
import { machinePoolHealth } from './cluster.x-k8s.io/machine-pool/rule.ts';
import { machineSetHealth } from './cluster.x-k8s.io/machine-set/rule.ts';
import { awsManagedControlPlaneHealth } from './controlplane.cluster.x-k8s.io/aws-managed-control-plane/rule.ts';
import { kubeadmControlPlaneHealth } from './controlplane.cluster.x-k8s.io/kubeadm-control-plane/rule.ts';
import { mariaDBBackupHealth } from './k8s.mariadb.com/backup/rule.ts';
import { mariaDBDatabaseHealth } from './k8s.mariadb.com/database/rule.ts';
import { mariaDBGrantHealth } from './k8s.mariadb.com/grant/rule.ts';
import { mariaDBHealth } from './k8s.mariadb.com/mariadb/rule.ts';
import { mariaDBRestoreHealth } from './k8s.mariadb.com/restore/rule.ts';
import { mariaDBSqlJobHealth } from './k8s.mariadb.com/sql-job/rule.ts';
import { mariaDBUserHealth } from './k8s.mariadb.com/user/rule.ts';
import { aksNodeClassHealth } from './karpenter.azure.com/aks-node-class/rule.ts';
import { ec2NodeClassHealth } from './karpenter.k8s.aws/ec2-node-class/rule.ts';
import { nodeClaimHealth } from './karpenter.sh/node-claim/rule.ts';
import { nodePoolHealth } from './karpenter.sh/node-pool/rule.ts';
import { longhornBackupHealth } from './longhorn.io/backup/rule.ts';
import { longhornBackupTargetHealth } from './longhorn.io/backup-target/rule.ts';
import { longhornNodeHealth } from './longhorn.io/node/rule.ts';
import { longhornVolumeHealth } from './longhorn.io/volume/rule.ts';
import { innoDBClusterHealth } from './mysql.oracle.com/innodb-cluster/rule.ts';
import { objectBucketClaimHealth } from './objectbucket.io/object-bucket-claim/rule.ts';
import { perconaPGClusterHealth } from './pgv2.percona.com/percona-pg-cluster/rule.ts';
import { crossplaneConfigurationHealth } from './pkg.crossplane.io/configuration/rule.ts';
import { crossplaneConfigurationRevisionHealth } from './pkg.crossplane.io/configuration-revision/rule.ts';
import { crossplaneFunctionHealth } from './pkg.crossplane.io/function/rule.ts';
import { crossplaneFunctionRevisionHealth } from './pkg.crossplane.io/function-revision/rule.ts';
import { crossplaneProviderHealth } from './pkg.crossplane.io/provider/rule.ts';
import { crossplaneProviderRevisionHealth } from './pkg.crossplane.io/provider-revision/rule.ts';
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
import { perconaXtraDBClusterHealth } from './pxc.percona.com/percona-xtradb-cluster/rule.ts';
import { adoptedResourceHealth } from './services.k8s.aws/adopted-resource/rule.ts';
import { veleroBackupHealth } from './velero.io/backup/rule.ts';
import { backupRepositoryHealth } from './velero.io/backup-repository/rule.ts';
import { backupStorageLocationHealth } from './velero.io/backup-storage-location/rule.ts';
import { veleroRestoreHealth } from './velero.io/restore/rule.ts';
import { veleroScheduleHealth } from './velero.io/schedule/rule.ts';
import type { HealthRule } from './rule.ts';

/** Kinds that hold data, clusters and machines: clouds, databases, storage, queues, batch compute. */
export const INFRASTRUCTURE_RULES: Readonly<Record<string, HealthRule>> = {
  'acid.zalan.do/postgresql': zalandoPostgresqlHealth,
  'addons.cluster.x-k8s.io/ClusterResourceSet': clusterResourceSetHealth,
  'apiextensions.crossplane.io/CompositeResourceDefinition': compositeResourceDefinitionHealth,
  'autoscaling.k8s.io/VerticalPodAutoscaler': verticalPodAutoscalerHealth,
  'ceph.rook.io/CephBlockPool': cephBlockPoolHealth,
  'ceph.rook.io/CephCluster': cephClusterHealth,
  'ceph.rook.io/CephFilesystem': cephFilesystemHealth,
  'ceph.rook.io/CephObjectStore': cephObjectStoreHealth,
  'ceph.rook.io/CephObjectStoreUser': cephObjectStoreUserHealth,
  'cluster.x-k8s.io/Cluster': capiClusterHealth,
  'cluster.x-k8s.io/Machine': capiMachineHealth,
  'cluster.x-k8s.io/MachineDeployment': machineDeploymentHealth,
  'cluster.x-k8s.io/MachineHealthCheck': machineHealthCheckHealth,
  'cluster.x-k8s.io/MachinePool': machinePoolHealth,
  'cluster.x-k8s.io/MachineSet': machineSetHealth,
  'controlplane.cluster.x-k8s.io/AWSManagedControlPlane': awsManagedControlPlaneHealth,
  'controlplane.cluster.x-k8s.io/KubeadmControlPlane': kubeadmControlPlaneHealth,
  'k8s.mariadb.com/Backup': mariaDBBackupHealth,
  'k8s.mariadb.com/Database': mariaDBDatabaseHealth,
  'k8s.mariadb.com/Grant': mariaDBGrantHealth,
  'k8s.mariadb.com/MariaDB': mariaDBHealth,
  'k8s.mariadb.com/Restore': mariaDBRestoreHealth,
  'k8s.mariadb.com/SqlJob': mariaDBSqlJobHealth,
  'k8s.mariadb.com/User': mariaDBUserHealth,
  'karpenter.azure.com/AKSNodeClass': aksNodeClassHealth,
  'karpenter.k8s.aws/EC2NodeClass': ec2NodeClassHealth,
  'karpenter.sh/NodeClaim': nodeClaimHealth,
  'karpenter.sh/NodePool': nodePoolHealth,
  'longhorn.io/Backup': longhornBackupHealth,
  'longhorn.io/BackupTarget': longhornBackupTargetHealth,
  'longhorn.io/Node': longhornNodeHealth,
  'longhorn.io/Volume': longhornVolumeHealth,
  'mysql.oracle.com/InnoDBCluster': innoDBClusterHealth,
  'objectbucket.io/ObjectBucketClaim': objectBucketClaimHealth,
  'pgv2.percona.com/PerconaPGCluster': perconaPGClusterHealth,
  'pkg.crossplane.io/Configuration': crossplaneConfigurationHealth,
  'pkg.crossplane.io/ConfigurationRevision': crossplaneConfigurationRevisionHealth,
  'pkg.crossplane.io/Function': crossplaneFunctionHealth,
  'pkg.crossplane.io/FunctionRevision': crossplaneFunctionRevisionHealth,
  'pkg.crossplane.io/Provider': crossplaneProviderHealth,
  'pkg.crossplane.io/ProviderRevision': crossplaneProviderRevisionHealth,
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
  'pxc.percona.com/PerconaXtraDBCluster': perconaXtraDBClusterHealth,
  'services.k8s.aws/AdoptedResource': adoptedResourceHealth,
  'velero.io/Backup': veleroBackupHealth,
  'velero.io/BackupRepository': backupRepositoryHealth,
  'velero.io/BackupStorageLocation': backupStorageLocationHealth,
  'velero.io/Restore': veleroRestoreHealth,
  'velero.io/Schedule': veleroScheduleHealth,
};
