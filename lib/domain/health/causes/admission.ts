import type { KnownCause } from './cause.ts';

/** What the API server, its policies and its webhooks refuse. */
export const ADMISSION_CAUSES: readonly KnownCause[] = [
  {
    id: 'pod-security',
    pattern: /violates PodSecurity "([a-z]{1,20}):/,
    words: 'The namespace enforces the Pod Security level $1, and the pod does not keep it.',
    action: 'Set what the message lists in the securityContext in Git, or choose another namespace.',
  },
  {
    id: 'quota-not-stated',
    pattern: /failed quota: (\S{1,253}): must specify ([a-z.,:_ -]{1,200})/,
    words: 'The quota $1 wants every container to state $2.',
    action: 'Set requests and limits in Git, or give the namespace a LimitRange with defaults.',
  },
  {
    id: 'quota-exceeded',
    pattern: /exceeded quota: ([^,\s]{1,253})/,
    words: 'The quota $1 of the namespace is used up.',
    action: 'Ask for less in Git, delete what nobody uses, or raise the quota $1.',
  },
  {
    id: 'limit-range',
    pattern: /(?:maximum|minimum) (\S{1,60}) usage per (?:Container|Pod|PersistentVolumeClaim) is (\S{1,30}),? but/,
    words: 'The LimitRange of the namespace allows a $1 of $2.',
    action: 'Bring $1 within the limit in Git, or change the LimitRange.',
  },
  {
    id: 'limit-ratio',
    pattern: /max limit to request ratio per Container is/,
    words: 'Limit and request are further apart than the LimitRange allows.',
    action: 'Bring the request nearer to the limit in Git.',
  },
  {
    id: 'service-account-missing',
    pattern: /service ?account "?([a-z0-9./-]{1,300})"? not found|error looking up service account (\S{1,300}):/i,
    words: 'The service account $1$2 does not exist.',
    action: 'Add the ServiceAccount to Git in the same namespace, or correct serviceAccountName.',
  },
  {
    id: 'priority-class-missing',
    pattern: /no PriorityClass with name (\S{1,253}) was found/,
    words: 'The priority class $1 does not exist.',
    action: 'Correct priorityClassName in Git, or create the class $1.',
  },
  {
    id: 'runtime-class-missing',
    pattern: /RuntimeClass "([^"]{1,253})" not found/i,
    words: 'The runtime class $1 does not exist.',
    action: 'Correct runtimeClassName in Git, or create the class $1.',
  },
  {
    id: 'webhook-unreachable',
    pattern: /failed calling webhook "([^"]{1,253})"/,
    words: 'The admission webhook $1 does not answer, so nothing it watches can be changed.',
    action: 'Bring the pods behind the webhook $1 up.',
  },
  {
    id: 'webhook-denied',
    pattern: /admission webhook "([^"]{1,253})" denied the request/,
    words: 'The admission webhook $1 refuses the object.',
    action: 'Change in Git what its message names.',
  },
  {
    id: 'admission-policy',
    pattern: /ValidatingAdmissionPolicy '([^']{1,253})'/,
    words: 'The admission policy $1 of the cluster refuses the object.',
    action: 'Change in Git what its message names.',
  },
  {
    id: 'namespace-terminating',
    pattern: /because it is being terminated|namespace \S{1,100} is being (?:terminated|deleted)/i,
    words: 'The namespace is being deleted, and nothing new may be made in it.',
    action: 'Wait until it is gone, then sync again; if it stays, look which object in it keeps its finalizer.',
  },
  {
    id: 'namespace-missing',
    pattern: /namespaces? "([^"]{1,63})" not found/i,
    words: 'The namespace $1 does not exist.',
    action: 'Let the sync make the namespace (option of the application), or add it to Git.',
  },
  {
    id: 'immutable-field',
    pattern: /field is immutable|updates to statefulset spec for fields other than|may not change once set/i,
    words: 'A field was changed that may never change.',
    action: 'Sync with the option that makes the object anew, or take the change back in Git.',
  },
  {
    id: 'kind-missing',
    pattern:
      /no matches for kind "([^"]{1,63})"|the server could not find the requested resource|does not serve the kind (\S{1,200})/i,
    words: 'The cluster does not know the kind $1$2.',
    action: 'Install the CustomResourceDefinition first, or correct apiVersion in Git.',
  },
  {
    id: 'forbidden',
    pattern: /is forbidden: User "([^"]{1,300})" cannot (\w{1,30}) resource "([^"]{1,100})"/,
    words: '$1 may not $2 $3 in this cluster.',
    action: 'Give it the permission by a Role and RoleBinding.',
  },
  {
    id: 'node-port-taken',
    pattern: /provided port is already allocated/,
    words: 'Another Service has this node port already.',
    action: 'Choose another nodePort in Git, or leave it to the cluster.',
  },
  {
    id: 'cluster-ip-taken',
    pattern: /provided IP is (?:already allocated|not in the valid range)/,
    words: 'The Service asks for an address it cannot have.',
    action: 'Leave clusterIP out in Git.',
  },
  {
    id: 'object-too-large',
    pattern:
      /Request entity too large|metadata\.annotations: Too long|exceeds the maximum size|must have at most 262144 bytes/i,
    words: 'The object is larger than the cluster stores.',
    action: 'Split it in Git; one object may have about 1 MiB, its annotations 256 KiB.',
  },
  {
    id: 'field-conflict',
    pattern: /conflicts? with "([^"]{1,200})"|conflict occurred while applying/i,
    words: 'Another manager owns a field that Git sets.',
    action: 'Let one of them own it: force the apply, or ignore the field.',
  },
  {
    id: 'invalid-object',
    pattern: /(?:Invalid value|Required value|unknown field|Unsupported value|strict decoding error)/,
    words: 'The cluster refuses the object as it is written.',
    action: 'Correct in Git the field the message names.',
  },
];
