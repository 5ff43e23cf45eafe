import type { KnownCause } from './cause.ts';

/** Volumes and claims. */
export const STORAGE_CAUSES: readonly KnownCause[] = [
  {
    id: 'volume-used-elsewhere',
    pattern: /Multi-Attach error|volume is already (?:exclusively attached|used by pod)/i,
    words: 'The volume is still attached to another node.',
    action: 'Wait for the old pod to go, or use the strategy Recreate: the volume belongs to one node at a time.',
  },
  {
    id: 'mount-permission',
    pattern: /(?:MountVolume|mount)[^\n]{0,300}(?:permission denied|access denied)/i,
    words: 'The server of the volume refuses the node.',
    action: 'Let the address of the node in at the storage server, and check the credentials of the volume.',
  },
  {
    id: 'mount-wrong-filesystem',
    pattern: /wrong fs type, bad option, bad superblock/,
    words: 'The node cannot read the file system of the volume.',
    action: 'Check fsType of the volume, and that the node has the helper for it (such as nfs-common).',
  },
  {
    id: 'mount-driver-missing',
    pattern: /driver name (\S{1,100}) not found in the list of registered CSI drivers/,
    words: 'The storage driver $1 does not run on the node.',
    action: 'Look at the pods of the driver $1 on that node.',
  },
  {
    id: 'volume-attach',
    pattern: /FailedAttachVolume|AttachVolume\.Attach failed/,
    words: 'The volume cannot be attached to the node.',
    action: 'Look at the driver of the volume, and whether the disk still exists at the provider.',
  },
  {
    id: 'volume-mount',
    pattern:
      /FailedMount|MountVolume\.\S{1,60} failed|Unable to attach or mount volumes|timed out waiting for the condition[^\n]{0,100}volume/,
    words: 'A volume of the pod cannot be mounted.',
    action: 'Correct what the message names: a missing object, a wrong path, or a server that does not answer.',
  },
  {
    id: 'claim-first-consumer',
    pattern: /WaitForFirstConsumer|waiting for first consumer/i,
    words: 'The claim is bound when the first pod that uses it is scheduled.',
    action: 'Nothing, if a pod uses it soon; else remove the claim from Git.',
  },
  {
    id: 'claim-no-class',
    pattern: /no persistent volumes available for this claim and no storage class is set/,
    words: 'The claim names no storage class, and the cluster has no default one.',
    action: 'Name a storageClassName in Git, or mark a class of the cluster as default.',
  },
  {
    id: 'claim-class-missing',
    pattern: /storageclass(?:\.storage\.k8s\.io)? "([^"]{1,253})" not found/i,
    words: 'The storage class $1 does not exist in the cluster.',
    action: 'Correct storageClassName in Git, or create the class $1.',
  },
  {
    id: 'claim-provisioner',
    pattern: /waiting for a volume to be created[^\n]{0,60}external provisioner (?:"|')?([a-z0-9./-]{1,100})/i,
    words: 'The claim waits for the provisioner $1.',
    action: 'Check that the provisioner $1 runs in the cluster.',
  },
  {
    id: 'claim-provisioning-quota',
    pattern: /(?:ProvisioningFailed|failed to provision volume)[^\n]{0,300}(?:quota|limit exceeded|QuotaExceeded)/i,
    words: 'The provider makes no more volumes: its quota is used up.',
    action: 'Raise the quota at the provider, or delete volumes nobody uses.',
  },
  {
    id: 'claim-provisioning',
    pattern: /ProvisioningFailed|failed to provision volume/,
    words: 'The volume cannot be made.',
    action: 'Look at what the storage driver answers in the events of the claim.',
  },
  {
    id: 'claim-lost',
    pattern:
      /(?:bound )?volume (?:of the claim )?(?:is lost|does not exist|was deleted)|ClaimLost|lost its underlying PersistentVolume/i,
    words: 'The volume behind the claim is gone.',
    action: 'Restore the volume from a backup; a new claim begins empty.',
  },
  {
    id: 'volume-resize',
    pattern: /VolumeResizeFailed|FileSystemResizePending|only dynamically provisioned pvc can be resized/,
    words: 'The volume is not yet as large as Git wants it.',
    action: 'Check that its storage class allows expansion; restart the pod if the file system waits for it.',
  },
  {
    id: 'claim-pending',
    pattern: /ExternalProvisioning|FailedBinding|claim is not bound|is not bound yet|Waiting for a volume/i,
    words: 'The claim has no volume yet.',
    action: 'Look at the events of the claim for what its provisioner waits for.',
  },
];
