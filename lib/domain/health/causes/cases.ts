/** What clusters, runtimes, controllers and our own rules say, word for word, by the cause it means. */
export const CAUSE_CASES: Readonly<Record<string, readonly string[]>> = {
  'image-name-invalid': [
    'Image cannot be pulled: Registry.Example/Web:1 is not a valid image name',
    'Failed to apply default image tag "https://registry/web:1": couldn\'t parse image name "https://registry/web:1": invalid reference format',
    'Container web is waiting: InvalidImageName',
  ],
  'image-never-pulled': [
    'Image cannot be pulled: web:dev is not on the node',
    'Container image "web:dev" is not present with pull policy of Never',
  ],
  'image-platform': [
    'Failed to pull image "registry.example/web:1": no matching manifest for linux/arm64/v8 in the manifest list entries',
    'exec /app/server: exec format error',
  ],
  'image-rate-limit': [
    'Image cannot be pulled: nginx:1.27, the registry limits the rate',
    'Failed to pull image "nginx": toomanyrequests: You have reached your unauthenticated pull rate limit.',
    'failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/x: 429 Too Many Requests',
  ],
  'image-access': [
    'Image cannot be pulled: registry.example/web:1, the registry refuses access',
    'Failed to pull image "registry.example/web:1": failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden',
    'Failed to pull image "acme/web": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'Failed to pull image "x.dkr.ecr.eu-west-1.amazonaws.com/web:1": no basic auth credentials',
  ],
  'image-pull-secret-missing': [
    'Unable to retrieve some image pull secrets (registry-key); attempting to pull the image may not succeed.',
  ],
  'image-registry-name': [
    'Image cannot be pulled: registry.exmaple/web:1, the registry has no address',
    'Failed to pull image "registry.exmaple/web:1": dial tcp: lookup registry.exmaple on 10.0.0.10:53: no such host',
  ],
  'image-registry-certificate': [
    'Image cannot be pulled: registry.lan/web:1, the certificate of the registry is not trusted',
    'Failed to pull image "registry.lan/web:1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  'image-registry-unreachable': [
    'Image cannot be pulled: registry.lan/web:1, the registry cannot be reached',
    'Image cannot be pulled: registry.lan/web:1, the registry does not answer',
    'Failed to pull image "registry.lan/web:1": dial tcp 10.1.2.3:443: connect: connection refused',
    'Failed to pull image "registry.lan/web:1": net/http: TLS handshake timeout',
    'Failed to pull image "registry.lan/web:1": dial tcp 10.1.2.3:443: i/o timeout',
  ],
  'image-not-found': [
    'Image cannot be pulled: registry.example/web:9 not found',
    'Failed to pull image "nginx:9.9": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.9": docker.io/library/nginx:9.9: not found',
    'Failed to pull image "quay.io/acme/web:2": reading manifest 2 in quay.io/acme/web: manifest unknown',
  ],
  'image-disk-full': [
    'Failed to pull image "web:1": failed to extract layer sha256:ab: write /var/lib/containerd/x: no space left on device',
  ],
  'image-pull': [
    'Image cannot be pulled: registry.example/web:1',
    'Failed to pull image "web:1": rpc error: code = Unknown desc = something else',
    'Deployment web: Error: ImagePullBackOff',
  ],
  'config-map-missing': [
    'Container web cannot start: configmap "settings" not found',
    'MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
  ],
  'secret-missing': [
    'Container web cannot start: secret "database" not found',
    'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found',
  ],
  'config-key-missing': [
    "Container web cannot start: couldn't find key PASSWORD in Secret shop/database",
    "Container web cannot start: couldn't find key level in ConfigMap shop/settings",
  ],
  'config-key-reference': [
    'MountVolume.SetUp failed for volume "config" : references non-existent config key: app.yaml',
  ],
  'runs-as-root': [
    'Container web cannot start: container has runAsNonRoot and image will run as root (pod: "web", container: web)',
    'Container web cannot start: container has runAsNonRoot and image has non-numeric user (app), cannot verify user is non-root',
  ],
  'command-missing': [
    'Container web cannot start: failed to create containerd task: runc create failed: unable to start container process: exec: "serve": executable file not found in $PATH: unknown',
    'Container web cannot start: OCI runtime create failed: exec: "/app/serve": stat /app/serve: no such file or directory: unknown',
    'Container web keeps crashing (exit code 127)',
  ],
  'command-not-executable': ['Container web keeps crashing (exit code 126)'],
  'out-of-memory': [
    'Container web keeps crashing (out of memory)',
    'Container web crashed (out of memory)',
    'Container web failed (exit code 137)',
    'Pod was OOMKilled',
  ],
  'segmentation-fault': ['Container web keeps crashing (exit code 139)'],
  'terminated-by-signal': ['Container web keeps crashing (exit code 143)'],
  aborted: ['Container web crashed (exit code 134)'],
  'exit-completed': ['Container web keeps crashing (exit code 0)'],
  'liveness-probe': [
    'Liveness probe failed: HTTP probe failed with statuscode: 500',
    'Container web failed liveness probe, will be restarted',
  ],
  'startup-probe': ['Startup probe failed: dial tcp 10.0.0.5:8080: connect: connection refused'],
  'readiness-probe': [
    'Readiness probe failed: Get "http://10.0.0.5:8080/ready": context deadline exceeded',
    'Readiness probe errored: rpc error: code = NotFound',
  ],
  'post-start-hook': ['Container web is waiting: PostStartHookError, command exited with 1'],
  'init-container': [
    'Init container migrate keeps crashing (exit code 1)',
    'Init container migrate failed (exit code 2)',
  ],
  crash: [
    'Container web keeps crashing (exit code 1)',
    'Container web crashed (exit code 2)',
    'Container web keeps crashing (exit code 1), last words: secret "session" not found',
    'Back-off restarting failed container web in pod web-5d4f_shop(1234)',
  ],
  'container-failed': ['Container work failed (exit code 3): cannot connect'],
  'sandbox-network': [
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "ab": plugin type="calico" failed',
  ],
  sandbox: ['Failed to create pod sandbox: rpc error: code = Unknown desc = failed to start sandbox container'],
  'container-cannot-start': [
    'Container web cannot start: context deadline exceeded',
    'Container web is waiting: CreateContainerError',
  ],
  'claim-not-found': ['Pod cannot be scheduled: 0/3 nodes are available: persistentvolumeclaim "data" not found.'],
  'claim-unbound': [
    'Pod cannot be scheduled: 0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
  ],
  'claim-being-deleted': [
    'Pod cannot be scheduled: 0/3 nodes are available: persistentvolumeclaim "data" is being deleted.',
  ],
  'volume-zone': ['Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) had volume node affinity conflict.'],
  'volume-count': ['Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) exceed max volume count.'],
  'too-many-pods': ['Pod cannot be scheduled: 0/1 nodes are available: 1 Too many pods. preemption: not helpful.'],
  'insufficient-cpu': [
    'Pod cannot be scheduled: 0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    '0/5 nodes are available: 2 Insufficient cpu, 3 Insufficient memory.',
  ],
  'insufficient-memory': ['Pod cannot be scheduled: 0/3 nodes are available: 3 Insufficient memory.'],
  'insufficient-storage': ['Pod cannot be scheduled: 0/3 nodes are available: 3 Insufficient ephemeral-storage.'],
  'insufficient-device': ['Pod cannot be scheduled: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu.'],
  'topology-spread': [
    "Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.",
  ],
  'pod-anti-affinity': [
    "Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
  ],
  'pod-affinity': ["Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match pod affinity rules."],
  'node-selector': [
    "Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
    "Pod cannot be scheduled: 0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: db}, 2 node(s) didn't match Pod's node affinity/selector.",
  ],
  'host-port': [
    "Pod cannot be scheduled: 0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
  ],
  'node-unschedulable': ['Pod cannot be scheduled: 0/2 nodes are available: 2 node(s) were unschedulable.'],
  'node-not-ready-taint': [
    'Pod cannot be scheduled: 0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
    'Pod cannot be scheduled: 0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.',
  ],
  taint: [
    'Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) had untolerated taint {dedicated: database}.',
    "Pod cannot be scheduled: 0/3 nodes are available: 3 node(s) had taint {dedicated: x}, that the pod didn't tolerate.",
  ],
  'scheduling-gated': ['Pod cannot be scheduled: Scheduling is blocked due to non-empty scheduling gates'],
  'no-nodes': ['Pod cannot be scheduled: no nodes available to schedule pods', '0/0 nodes are available.'],
  'evicted-disk': [
    'Pod failed: The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 900Mi.',
    'Pod failed: Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. local ephemeral storage usage exceeds',
    'Pod failed: The node had condition: [DiskPressure].',
  ],
  'evicted-memory': [
    'Pod failed: The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi.',
    'Pod failed: The node had condition: [MemoryPressure].',
  ],
  'evicted-pids': ['Pod failed: The node was low on resource: pids.'],
  preempted: ['Pod failed: Preempted in order to admit critical pod', 'Preempted by pod 1234 on node worker-1'],
  'node-lost': [
    'The node does not report on this pod',
    'Node worker-1 which was running pod web-1 is unresponsive',
    'Pod failed: NodeLost',
  ],
  'node-shutdown': ['Pod failed: Pod was terminated in response to imminent node shutdown.'],
  unschedulable: ['Pod cannot be scheduled: no reason given'],
  'volume-used-elsewhere': [
    'Multi-Attach error for volume "pvc-1" Volume is already exclusively attached to one node and can\'t be attached to another',
    'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) db-0',
  ],
  'mount-permission': [
    'MountVolume.SetUp failed for volume "share" : mount failed: exit status 32 mount.nfs: access denied by server while mounting 10.0.0.9:/share',
  ],
  'mount-wrong-filesystem': [
    'MountVolume.MountDevice failed for volume "pvc-1" : mount: /mnt: wrong fs type, bad option, bad superblock on /dev/sdb',
  ],
  'mount-driver-missing': [
    'MountVolume.MountDevice failed for volume "pvc-1" : driver name ebs.csi.aws.com not found in the list of registered CSI drivers',
  ],
  'volume-attach': [
    'AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = Could not attach volume',
  ],
  'volume-mount': [
    'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[data]: timed out waiting for the condition',
    'MountVolume.SetUp failed for volume "data" : hostPath type check failed: /data is not a directory',
  ],
  'claim-first-consumer': ['waiting for first consumer to be created before binding'],
  'claim-no-class': ['no persistent volumes available for this claim and no storage class is set'],
  'claim-class-missing': ['storageclass.storage.k8s.io "fast" not found'],
  'claim-provisioner': [
    'waiting for a volume to be created, either by external provisioner "ebs.csi.aws.com" or manually created by system administrator',
    "Waiting for a volume to be created either by the external provisioner 'rancher.io/local-path' or manually by the system administrator.",
  ],
  'claim-provisioning-quota': [
    'failed to provision volume with StorageClass "gp3": rpc error: code = ResourceExhausted desc = VolumeLimitExceeded: limit exceeded',
  ],
  'claim-provisioning': [
    'failed to provision volume with StorageClass "nfs": rpc error: code = Internal desc = mkdir failed',
  ],
  'claim-lost': ['Bound claim has lost its underlying PersistentVolume. Data on the volume is lost!'],
  'volume-resize': [
    'VolumeResizeFailed: resize volume "pvc-1" failed',
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  ],
  'claim-pending': ['The claim is not bound yet', 'FailedBinding: no volume fits'],
  'ingress-class': ['no ingress class is set', 'ingress class "public" does not exist'],
  'pod-security': [
    'pods "web-1" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false)',
    'Replicas cannot be created: pods "web-x" is forbidden: violates PodSecurity "baseline:v1.30": privileged (container "web" must not set securityContext.privileged=true)',
  ],
  'quota-not-stated': [
    'Replicas cannot be created: pods "web-5" is forbidden: failed quota: compute: must specify limits.cpu for: web; limits.memory for: web',
  ],
  'quota-exceeded': [
    'Replicas cannot be created: pods "web-5" is forbidden: exceeded quota: compute, requested: requests.cpu=1, used: requests.cpu=4, limited: requests.cpu=4',
    'services "web" is forbidden: exceeded quota: balancers, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2',
  ],
  'limit-range': [
    'Replicas cannot be created: pods "web-5" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
    'pods "web-5" is forbidden: minimum cpu usage per Pod is 100m, but request is 10m',
  ],
  'limit-ratio': [
    'pods "web-5" is forbidden: cpu max limit to request ratio per Container is 4, but provided ratio is 10.000000',
  ],
  'service-account-missing': [
    'Replicas cannot be created: pods "web-5" is forbidden: error looking up service account shop/web: serviceaccount "web" not found',
  ],
  'priority-class-missing': ['pods "web-5" is forbidden: no PriorityClass with name high was found'],
  'runtime-class-missing': ['Failed to create pod sandbox: RuntimeClass "gvisor" not found'],
  'webhook-unreachable': [
    'Internal error occurred: failed calling webhook "validate.kyverno.svc": failed to call webhook: Post "https://kyverno-svc.kyverno.svc:443/validate": dial tcp 10.96.1.1:443: connect: connection refused',
    'failed calling webhook "x.example.com": context deadline exceeded',
  ],
  'webhook-denied': [
    'admission webhook "validation.gatekeeper.sh" denied the request: [must-have-owner] you must provide labels: {"owner"}',
    'Replicas cannot be created: admission webhook "validate.kyverno.svc-fail" denied the request: resource Pod/shop/web was blocked',
  ],
  'admission-policy': [
    "deployments.apps \"web\" is forbidden: ValidatingAdmissionPolicy 'replica-limit' with binding 'all' denied request: too many replicas",
  ],
  'namespace-terminating': [
    'configmaps "settings" is forbidden: unable to create new content in namespace shop because it is being terminated',
  ],
  'namespace-missing': ['namespaces "shop" not found'],
  'immutable-field': [
    'Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
    "StatefulSet.apps \"db\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template' are forbidden",
    'Service "web" is invalid: spec.clusterIPs[0]: Invalid value: []: may not change once set',
  ],
  'kind-missing': [
    'no matches for kind "Certificate" in version "cert-manager.io/v1"',
    'the server could not find the requested resource',
  ],
  forbidden: [
    'deployments.apps is forbidden: User "system:serviceaccount:quarterdeck:worker" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
  ],
  'node-port-taken': [
    'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
  ],
  'cluster-ip-taken': [
    'Service "web" is invalid: spec.clusterIPs: Invalid value: ["10.0.0.1"]: provided IP is already allocated',
  ],
  'object-too-large': [
    'ConfigMap "x" is invalid: metadata.annotations: Too long: must have at most 262144 bytes',
    'Request entity too large: limit is 3145728',
  ],
  'field-conflict': ['Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1: .spec.replicas'],
  'invalid-object': [
    'Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value',
    'strict decoding error: unknown field "spec.replcas"',
  ],
  finalizer: [
    'Namespace shop: Being deleted, held by finalizer kubernetes',
    'Being deleted, held by finalizers foregroundDeletion, example.com/clean',
  ],
  'hook-failed': ['hook migrate failed: see its log', 'PreSync hook Job migrate failed'],
  'job-deadline': [
    'Job failed: Job was active longer than specified deadline',
    'Pod failed: Pod was active on the node longer than the specified deadline: DeadlineExceeded',
  ],
  'job-backoff': ['Job failed: Job has reached the specified backoff limit'],
  'job-failure-policy': [
    'Job failed: Container main for pod shop/x failed with exit code 42 matching FailJob rule: PodFailurePolicy',
  ],
  'rollout-deadline': [
    'Rollout is stuck: 1 of 3 replicas updated, 2 available',
    'ReplicaSet "web-5d" has timed out progressing: ProgressDeadlineExceeded',
  ],
  'disruption-budget': ["Cannot evict pod as it would violate the pod's disruption budget."],
  'hpa-no-metrics': [
    'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    'FailedGetExternalMetric: unable to get external metric shop/queue',
  ],
  'hpa-no-requests': ['failed to get cpu utilization: missing request for cpu in container web of Pod web-1'],
  'hpa-target': ['the HPA controller was unable to get the target\'s current scale: deployments.apps "web" not found'],
  'load-balancer-quota': [
    'Error syncing load balancer: failed to ensure load balancer: TooManyLoadBalancers: Exceeded quota of account',
  ],
  'load-balancer-failed': [
    'Error syncing load balancer: failed to ensure load balancer: could not find any suitable subnets',
  ],
  'load-balancer-pending': ['Waiting for the load balancer'],
  'certificate-rate-limit': [
    '429 urn:ietf:params:acme:error:rateLimited: Error creating new order :: too many certificates already issued',
  ],
  'certificate-challenge-dns': [
    'DNS record for "shop.example" not yet propagated',
    'DNS problem: NXDOMAIN looking up A for shop.example',
  ],
  'certificate-challenge': [
    "Waiting for HTTP-01 challenge propagation: wrong status code '404', expected '200'",
    'acme: authorization error: urn:ietf:params:acme:error:unauthorized',
  ],
  'certificate-issuer': ['Referenced "ClusterIssuer" not found: clusterissuer.cert-manager.io "letsencrypt" not found'],
  'external-secret': ['could not get secret data from provider', 'SecretSyncedError'],
  'flux-source': [
    "failed to checkout and determine revision: unable to clone 'https://git.example/x': authentication required",
  ],
  'helm-upgrade': ['Helm upgrade failed for release shop/web: timed out waiting for the condition'],
  'gateway-not-accepted': ['NoMatchingParent: no listener matches', 'NotAllowedByListeners'],
  'backend-missing': ['BackendNotFound: service "web" not found'],
  'reference-not-permitted': ['RefNotPermitted: missing a ReferenceGrant'],
  'cluster-silent': ['The cluster production does not answer'],
  'git-unreachable': ["unable to access 'https://git.example/x/': Could not resolve host: git.example"],
  'health-rule-failed': [
    'The health rule of Database.db.example.com failed: clause 1: No such key: phase (line 1, column 15)',
  ],
  missing: ['Deployment web: Not in the cluster', 'Nothing of it is in the cluster'],
  'not-seen': ['Deployment web: Waiting for the controller to see the newest spec'],
  'never-reported': ['The controller has not reported yet'],
};

/** What names no cause: people shall not be told to repair what is on its way. */
export const NO_CAUSE: readonly string[] = [
  '',
  '2 of 3 replicas available',
  'Differs from Git, and automatic sync is off',
  'Pod is starting',
  '1 old replica still to stop',
  'Its pin has expired',
  'Being deleted',
];
