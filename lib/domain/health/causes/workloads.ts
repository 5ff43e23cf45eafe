import type { KnownCause } from './cause.ts';

/** Workloads, hooks, networking, deletion, and the controllers most clusters run. */
export const WORKLOAD_CAUSES: readonly KnownCause[] = [
  {
    id: 'finalizer',
    pattern: /held by finalizers? ([^\n]{1,300})/,
    words: 'It was deleted and waits for $1.',
    action:
      'Check that the controller which removes the finalizer runs; remove it by hand only when that is gone for good.',
  },
  {
    id: 'hook-failed',
    pattern: /hook (\S{1,300}) failed|(?:PreSync|PostSync|SyncFail|Sync) hook[^\n]{0,200}failed/i,
    words: 'A hook of the sync failed.',
    action: 'Read the log of the hook, correct it in Git and sync again.',
  },
  {
    id: 'job-deadline',
    pattern: /\bDeadlineExceeded|longer than specified deadline/i,
    words: 'It did not finish within its deadline.',
    action: 'Raise the deadline in Git, or find out what it waited for.',
  },
  {
    id: 'job-backoff',
    pattern: /BackoffLimitExceeded|reached the specified backoff limit/i,
    words: 'The Job failed as often as it may.',
    action: 'Read the log of its last pod, correct the cause and make the Job anew.',
  },
  {
    id: 'job-failure-policy',
    pattern: /PodFailurePolicy|FailJob action/i,
    words: 'The Job ended at once, as its failure policy says of this exit.',
    action: 'Read the log of its last pod.',
  },
  {
    id: 'rollout-deadline',
    pattern: /ProgressDeadlineExceeded|Rollout is stuck|exceeded its progress deadline/i,
    words: 'The rollout did not go on within its deadline.',
    action: 'Look at the newest pods; roll back if the change is at fault.',
  },
  {
    id: 'disruption-budget',
    pattern:
      /violate the pod's disruption budget|DisruptionBudget[^\n]{0,60}(?:blocks|needs|does not allow)|InsufficientPods/i,
    words: 'A disruption budget lets no pod go now.',
    action: 'Bring the missing pods up, or lower minAvailable of the budget.',
  },
  {
    id: 'hpa-no-metrics',
    pattern:
      /FailedGet(?:ResourceMetric|ScaleMetric|ExternalMetric|ObjectMetric|PodsMetric)|unable to (?:get|fetch) metrics|no metrics returned/i,
    words: 'The autoscaler gets no metrics.',
    action: 'Check that the metrics server runs and that the pods state requests.',
  },
  {
    id: 'hpa-no-requests',
    pattern: /missing request for (\w{1,30})/,
    words: 'The autoscaler cannot compute a share: the pods state no request for $1.',
    action: 'Set the request for $1 in Git.',
  },
  {
    id: 'hpa-target',
    pattern: /FailedGetScale|the HPA controller was unable to get the target's current scale/i,
    words: 'What the autoscaler should scale does not exist.',
    action: 'Correct scaleTargetRef in Git.',
  },
  {
    id: 'ingress-class',
    pattern: /ingress ?class(?:es)?[^\n]{0,80}(?:not found|does not exist|missing)|no ingress class/i,
    words: 'No controller serves the class of the Ingress.',
    action: 'Correct ingressClassName in Git, or install its controller.',
  },
  {
    id: 'load-balancer-quota',
    pattern: /(?:SyncLoadBalancerFailed|EnsureLoadBalancer|load balancer)[^\n]{0,200}(?:quota|limit exceeded|TooMany)/i,
    words: 'The provider makes no more load balancers: its quota is used up.',
    action: 'Raise the quota at the provider, or share one load balancer by an Ingress.',
  },
  {
    id: 'load-balancer-failed',
    pattern: /SyncLoadBalancerFailed|Error syncing load balancer|failed to ensure load balancer/i,
    words: 'The provider cannot make the load balancer.',
    action: 'Look at what it answers in the events of the Service: subnets, permissions, annotations.',
  },
  {
    id: 'load-balancer-pending',
    pattern:
      /(?:load balancer|LoadBalancer)[^\n]{0,80}(?:pending|no address|address|waiting)|Waiting for (?:the|an) (?:address|load balancer)/i,
    words: 'The Service or Ingress has no address yet.',
    action: 'Check that the cluster has a controller that gives addresses, such as a cloud provider or MetalLB.',
  },
  {
    id: 'certificate-rate-limit',
    pattern: /rateLimited|too many certificates|too many failed authorizations/i,
    words: 'The certificate authority refuses for now: too many certificates were asked for.',
    action: 'Wait as long as it says, and use its staging server for tests.',
  },
  {
    id: 'certificate-challenge-dns',
    pattern: /(?:DNS record for|propagation check failed|NXDOMAIN)[^\n]{0,200}/i,
    words: 'The certificate authority does not find the DNS record of the challenge.',
    action: 'Check that the name points to this cluster, and the DNS credentials of the issuer.',
  },
  {
    id: 'certificate-challenge',
    pattern:
      /Waiting for (?:HTTP-01|DNS-01) challenge|wrong status code '\d+', expected '200'|self check failed|urn:ietf:params:acme:error/i,
    words: 'The certificate authority cannot confirm that the name is yours.',
    action: 'Check that the name reaches the Ingress of this cluster from outside.',
  },
  {
    id: 'certificate-issuer',
    pattern:
      /Referenced "?(?:Cluster)?Issuer"? (?:not found|not ready)|issuer(?:\.cert-manager\.io)? "([^"]{1,253})" not found|IssuerNotReady/i,
    words: 'The issuer of the certificate is missing or not ready.',
    action: 'Look at the Issuer that the Certificate names.',
  },
  {
    id: 'external-secret',
    pattern: /SecretSyncedError|could not get secret data from provider|Secret does not exist/i,
    words: 'The secret cannot be read from its store.',
    action: 'Check the key in the store, and that the SecretStore may read it.',
  },
  {
    id: 'flux-source',
    pattern: /failed to checkout and determine revision|unable to clone|GitOperationFailed|failed to download chart/i,
    words: 'The source cannot be fetched.',
    action: 'Check the address and credentials of the source, and that branch or version exist.',
  },
  {
    id: 'helm-upgrade',
    pattern: /(?:UpgradeFailed|InstallFailed|Helm (?:install|upgrade) failed)/i,
    words: 'The Helm release cannot be installed or upgraded.',
    action: 'Correct in Git what the message names; the controller tries again.',
  },
  {
    id: 'gateway-not-accepted',
    pattern: /NotAllowedByListeners|NoMatchingParent|NoMatchingListenerHostname/,
    words: 'No listener of the gateway takes the route.',
    action: 'Compare parentRefs and hostnames of the route with the listeners and allowedRoutes of the gateway.',
  },
  {
    id: 'backend-missing',
    pattern: /BackendNotFound|service "([^"]{1,253})" not found/i,
    words: 'The route leads to a Service that does not exist.',
    action: 'Add the Service to Git, or correct its name in the route.',
  },
  {
    id: 'reference-not-permitted',
    pattern: /RefNotPermitted/,
    words: 'The reference into another namespace is not allowed.',
    action: 'Add a ReferenceGrant in the namespace it points to.',
  },
  {
    id: 'cluster-silent',
    pattern: /(?:cluster|API server)[^\n]{0,100}(?:does not answer|did not answer|cannot be reached|is silent)/i,
    words: 'The cluster does not answer.',
    action: 'Check its API server, and the way to it from here, in Settings, Clusters.',
  },
  {
    id: 'git-unreachable',
    pattern:
      /unable to access '|Could not read from remote repository|repository (?:cannot|could not) be (?:reached|fetched)/i,
    words: 'The Git server does not answer, or does not let us in.',
    action: 'Test the connection of the repository in Settings, Repositories.',
  },
  {
    id: 'health-rule-failed',
    pattern: /The health rule of (\S{1,320}) failed/,
    words: 'The health rule somebody wrote for $1 does not work on this object.',
    action: 'Correct the rule in Settings, Health rules.',
  },
  {
    id: 'missing',
    pattern: /^(?:[^:\n]{1,300}: )?(?:Not in the cluster|Nothing of it is in the cluster)$/,
    words: 'Git declares it and the cluster does not have it.',
    action: 'Sync the application.',
  },
  {
    id: 'not-seen',
    pattern: /Waiting for the controller to see the newest spec/,
    words: 'The controller of this kind has not looked at the newest declaration yet.',
    action: 'If it stays so, check that the controller runs.',
  },
  {
    id: 'never-reported',
    pattern: /The controller has not reported yet/,
    words: 'No controller has said anything about this object.',
    action: 'If it stays so, check that the controller of this kind is installed and runs.',
  },
];
