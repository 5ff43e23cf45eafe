import type { KnownCause } from './cause.ts';

/** Nodes: why a pod has no place, or lost it. */
export const SCHEDULING_CAUSES: readonly KnownCause[] = [
  {
    id: 'claim-not-found',
    pattern: /persistentvolumeclaim "([^"]{1,253})" not found/i,
    words: 'The pod waits for the claim $1, which does not exist.',
    action: 'Add the PersistentVolumeClaim $1 to Git, or correct its name in the pod.',
  },
  {
    id: 'claim-unbound',
    pattern: /unbound immediate PersistentVolumeClaims/i,
    words: 'The pod waits for storage that is not there yet.',
    action: 'Look at its PersistentVolumeClaims: storage class, size and access mode.',
  },
  {
    id: 'claim-being-deleted',
    pattern: /persistentvolumeclaim "([^"]{1,253})" is being deleted/i,
    words: 'The pod needs the claim $1, which is being deleted.',
    action: 'Stop the pods that use the claim $1 so that it can go, then sync again.',
  },
  {
    id: 'volume-zone',
    pattern: /volume node affinity conflict|no available volume zone/i,
    words: 'The storage of the pod is in a zone where it cannot run.',
    action: 'Bring a node into the zone of the volume, or move the data to another one.',
  },
  {
    id: 'volume-count',
    pattern: /exceed max volume count/i,
    words: 'The nodes can attach no more volumes.',
    action: 'Add a node, or use fewer volumes.',
  },
  {
    id: 'too-many-pods',
    pattern: /Too many pods/,
    words: 'Every node that would do runs as many pods as it may.',
    action: 'Add nodes, or raise the number of pods a node may run.',
  },
  {
    id: 'insufficient-cpu',
    pattern: /Insufficient cpu/,
    words: 'No node has as much CPU free as the pod asks for.',
    action: 'Lower its CPU request in Git, or add nodes.',
  },
  {
    id: 'insufficient-memory',
    pattern: /Insufficient memory/,
    words: 'No node has as much memory free as the pod asks for.',
    action: 'Lower its memory request in Git, or add nodes.',
  },
  {
    id: 'insufficient-storage',
    pattern: /Insufficient ephemeral-storage/,
    words: 'No node has as much temporary disk free as the pod asks for.',
    action: 'Lower its ephemeral-storage request, or enlarge the disks of the nodes.',
  },
  {
    id: 'insufficient-device',
    pattern: /Insufficient ([a-z0-9.-]{1,100}\/[A-Za-z0-9._-]{1,100})/,
    words: 'No node has a $1 free.',
    action: 'Add a node with $1, or ask for fewer; check that its device plugin runs.',
  },
  {
    id: 'topology-spread',
    pattern: /didn't match pod topology spread constraints/,
    words: 'No node keeps the spread the pod asks for.',
    action: 'Add nodes in the missing zones, or set whenUnsatisfiable to ScheduleAnyway.',
  },
  {
    id: 'pod-anti-affinity',
    pattern: /didn't (?:match|satisfy existing pods) (?:pod )?anti-affinity rules|pod anti-affinity/i,
    words: 'Pods of this kind must not share a node, and there are too few nodes.',
    action: 'Add nodes, lower the replicas, or prefer the anti-affinity instead of requiring it.',
  },
  {
    id: 'pod-affinity',
    pattern: /didn't match pod affinity rules/,
    words: 'The pod must run beside pods that are nowhere.',
    action: 'Check the labels in its podAffinity, and that those pods run.',
  },
  {
    id: 'node-selector',
    pattern: /didn't match Pod's node affinity\/selector|didn't match node selector|MatchNodeSelector/i,
    words: 'No node has the labels the pod asks for.',
    action: 'Correct nodeSelector or nodeAffinity in Git, or label a node.',
  },
  {
    id: 'host-port',
    pattern: /didn't have free ports for the requested pod ports/,
    words: 'The port the pod wants of its node is taken on every node.',
    action: 'Drop hostPort, or run no more pods than nodes.',
  },
  {
    id: 'node-unschedulable',
    pattern: /node\(s\) were unschedulable/,
    words: 'The nodes that would do are cordoned.',
    action: 'Uncordon a node when its maintenance is over.',
  },
  {
    id: 'node-not-ready-taint',
    pattern: /untolerated taint \{node\.kubernetes\.io\/(?:not-ready|unreachable)/,
    words: 'The nodes that would do are not ready.',
    action: 'Look at the nodes of the cluster: they do not report.',
  },
  {
    id: 'taint',
    pattern: /untolerated taint|had taints? (?:\{[^}]{0,200}\}, )?that the pod didn't tolerate/,
    words: 'The nodes are reserved by a taint the pod does not tolerate.',
    action: 'Add the toleration in Git if the pod belongs there, or add nodes without the taint.',
  },
  {
    id: 'scheduling-gated',
    pattern: /SchedulingGated|Scheduling is blocked due to non-empty scheduling gates/,
    words: 'The pod is held back by a scheduling gate.',
    action: 'Look at the controller that set the gate, such as a queue: it removes the gate when it is its turn.',
  },
  {
    id: 'no-nodes',
    pattern: /no nodes available to schedule pods|0\/0 nodes are available/,
    words: 'The cluster has no node for pods.',
    action: 'Add a node to the cluster.',
  },
  {
    id: 'evicted-disk',
    pattern:
      /low on resource: (?:ephemeral-storage|inodes|imagefs|nodefs)|DiskPressure|local ephemeral storage usage exceeds/i,
    words: 'The pod was evicted because the disk of its node ran full.',
    action: 'Find what fills the disk; set an ephemeral-storage limit on the pod that does.',
  },
  {
    id: 'evicted-memory',
    pattern: /low on resource: memory|MemoryPressure/i,
    words: 'The pod was evicted because the memory of its node ran out.',
    action: 'Set memory requests to what the pods really use, or add nodes.',
  },
  {
    id: 'evicted-pids',
    pattern: /low on resource: pids|PIDPressure/i,
    words: 'The pod was evicted because its node ran out of process numbers.',
    action: 'Find the pod that starts too many processes.',
  },
  {
    id: 'preempted',
    pattern: /Preempt(?:ed|ion)[^\n]{0,100}(?:pod|scheduler|accommodate)/i,
    words: 'The pod had to give way to one of higher priority.',
    action: 'Add nodes, or raise its priorityClassName if it is as important.',
  },
  {
    id: 'node-lost',
    pattern:
      /NodeLost|node does not report on this pod|Node \S{1,253} which was running pod \S{1,300} is unresponsive/i,
    words: 'The node of the pod does not report any more.',
    action: 'Look at the node; delete it from the cluster if it is gone, so that its pods start elsewhere.',
  },
  {
    id: 'node-shutdown',
    pattern: /node shutdown|NodeShutdown/i,
    words: 'The node was shut down under the pod.',
    action: 'Nothing, if its owner started another one; else look why no node takes it.',
  },
  {
    id: 'unschedulable',
    pattern: /Pod cannot be scheduled|FailedScheduling|nodes are available/,
    words: 'No node takes the pod.',
    action: 'Compare what the pod asks for with what the nodes have.',
  },
];
