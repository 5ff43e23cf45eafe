import type { KnownCause } from './cause.ts';

/** Images and containers: why a pod does not come up, or does not stay up. */
export const CONTAINER_CAUSES: readonly KnownCause[] = [
  {
    id: 'image-name-invalid',
    pattern: /InvalidImageName|not a valid image name|couldn't parse image|invalid reference format/i,
    words: 'The name of the image cannot be read.',
    action: 'Correct the image in Git: registry/name:tag in lower-case letters, without a scheme or spaces.',
  },
  {
    id: 'image-never-pulled',
    pattern: /ErrImageNeverPull|is not on the node|not present with pull policy of Never/i,
    words: 'The node does not have the image and may not pull it.',
    action: 'Set imagePullPolicy to IfNotPresent in Git.',
  },
  {
    id: 'image-platform',
    pattern: /no match(?:ing manifest)? for (?:platform|linux\/)|exec format error/i,
    words: 'The image was not built for the processor of the node.',
    action: 'Build the image for the platform of the nodes, or choose nodes of the other platform by a node selector.',
  },
  {
    id: 'image-rate-limit',
    pattern: /toomanyrequests|limits the rate|pull rate limit|429 Too Many Requests/i,
    words: 'The registry limits how often images may be pulled.',
    action: 'Pull with an account (imagePullSecrets) or from a mirror of your own.',
  },
  {
    id: 'image-access',
    pattern:
      /registry refuses access|(?:pull|image|authorization failed|fetch)[^\n]{0,200}(?:unauthorized|authentication required|access to the resource is denied|no basic auth|403 Forbidden|insufficient_scope)/i,
    words: 'The registry does not let the cluster pull the image.',
    action:
      'Check that the image exists and that the imagePullSecrets of the pod hold a valid account for its registry.',
  },
  {
    id: 'image-pull-secret-missing',
    pattern: /Unable to retrieve some image pull secrets \(([^)]{1,200})\)/,
    words: 'The image pull secret $1 is missing.',
    action: 'Create the Secret $1 in the namespace of the pod, or remove it from imagePullSecrets.',
  },
  {
    id: 'image-registry-name',
    pattern: /registry has no address|(?:pull|image|registry)[^\n]{0,300}(?:no such host|server misbehaving)/i,
    words: 'The name of the registry cannot be resolved.',
    action: 'Check the registry in the name of the image, then the DNS of the nodes.',
  },
  {
    id: 'image-registry-certificate',
    pattern: /certificate of the registry is not trusted|(?:pull|image|registry)[^\n]{0,300}x509/i,
    words: 'The nodes do not trust the certificate of the registry.',
    action: "Add the registry's certificate authority to the nodes, or give the registry a certificate they trust.",
  },
  {
    id: 'image-registry-unreachable',
    pattern:
      /registry (?:does not answer|cannot be reached)|RegistryUnavailable|(?:pull|image)[^\n]{0,300}(?:connection refused|i\/o timeout|TLS handshake timeout|Client\.Timeout)/i,
    words: 'The nodes cannot reach the registry.',
    action: 'Check that the registry is up and that firewall and proxy let the nodes through.',
  },
  {
    id: 'image-not-found',
    pattern:
      /Image cannot be pulled: \S+ not found|manifest unknown|(?:pull|image)[^\n]{0,300}: not found|repository does not exist/i,
    words: 'The image or its tag does not exist in the registry.',
    action: 'Correct the tag in Git, or push the image that Git names.',
  },
  {
    id: 'image-disk-full',
    pattern: /(?:pull|extract|image)[^\n]{0,300}no space left on device/i,
    words: 'The disk of the node is full, so the image cannot be unpacked.',
    action: 'Free or enlarge the disk of the node.',
  },
  {
    id: 'image-pull',
    pattern: /Image cannot be pulled|ImagePullBackOff|ErrImagePull|Failed to pull image/i,
    words: 'The image cannot be pulled.',
    action: 'Look at the events of the pod for what the registry answered.',
  },
  {
    id: 'config-map-missing',
    pattern: /configmap[s]? "([^"]{1,253})" not found/i,
    words: 'The ConfigMap $1 does not exist.',
    action: 'Add the ConfigMap $1 to Git in the same namespace, or correct its name where it is used.',
  },
  {
    id: 'secret-missing',
    pattern: /secret[s]? "([^"]{1,253})" not found/i,
    words: 'The Secret $1 does not exist.',
    action: 'Create the Secret $1 in the same namespace, or correct its name where it is used.',
  },
  {
    id: 'config-key-missing',
    pattern: /couldn't find key (\S{1,253}) in (ConfigMap|Secret) (\S{1,400})/,
    words: 'The $2 $3 has no key $1.',
    action: 'Add the key $1 to the $2, or correct the key where it is used.',
  },
  {
    id: 'config-key-reference',
    pattern: /references non-existent (?:config|secret) key: (\S{1,253})/,
    words: 'A volume names the key $1, which its ConfigMap or Secret does not have.',
    action: 'Add the key $1, or remove it from the items of the volume.',
  },
  {
    id: 'runs-as-root',
    pattern: /runAsNonRoot and image (?:will run as root|has non-numeric user)/,
    words: 'The pod may not run as root, and its image does.',
    action: 'Set runAsUser to a number other than 0, or build the image with a numeric user.',
  },
  {
    id: 'command-missing',
    pattern:
      /(?:executable file not found|stat \S{1,200}: no such file or directory|exec: "[^"]{1,200}": (?:no such file|permission denied)|exit code 127\b)/,
    words: 'The command of the container is not in the image.',
    action: 'Correct command and args in Git, or build the image with the program.',
  },
  {
    id: 'command-not-executable',
    pattern: /exit code 126\b/,
    words: 'The command of the container may not be executed (exit code 126).',
    action: 'Make the file executable in the image, or run it through its interpreter.',
  },
  {
    id: 'out-of-memory',
    pattern: /out of memory|OOMKilled|exit code 137\b/i,
    words: 'The container used more memory than it may and was killed.',
    action: 'Raise its memory limit in Git, or find out why it needs more.',
  },
  {
    id: 'segmentation-fault',
    pattern: /exit code 139\b/,
    words: 'The program crashed in memory that is not its own (exit code 139, segmentation fault).',
    action: 'Roll back to the image before, and look for a native library that does not fit.',
  },
  {
    id: 'terminated-by-signal',
    pattern: /exit code 143\b/,
    words: 'The container was told to stop (exit code 143).',
    action: 'Look at its liveness probe and at what stops the pod; it did not end by itself.',
  },
  {
    id: 'aborted',
    pattern: /exit code 134\b/,
    words: 'The program aborted itself (exit code 134).',
    action: 'Read the last lines of its log: it found a state it cannot go on from.',
  },
  {
    id: 'exit-completed',
    pattern: /keeps crashing \(exit code 0\)/,
    words: 'The program ends without an error, and is started again and again.',
    action: 'Make it run on, or declare it as a Job.',
  },
  {
    id: 'liveness-probe',
    pattern: /liveness probe failed|failed liveness probe/i,
    words: 'The liveness probe fails, so the container is restarted.',
    action: 'Compare port, path and delay of the livenessProbe in Git with what the program serves.',
  },
  {
    id: 'startup-probe',
    pattern: /startup probe failed|failed startup probe/i,
    words: 'The container does not start within the time of its startup probe.',
    action: 'Raise failureThreshold of the startupProbe, or find out why it starts slowly.',
  },
  {
    id: 'readiness-probe',
    pattern: /readiness probe (?:failed|errored)/i,
    words: 'The container runs, and its readiness probe fails.',
    action: 'Compare port and path of the readinessProbe with what the program serves, then look at its log.',
  },
  {
    id: 'post-start-hook',
    pattern: /PostStartHookError|FailedPostStartHook/,
    words: 'The postStart hook of the container fails.',
    action: 'Correct the postStart command in Git.',
  },
  {
    id: 'init-container',
    pattern: /Init container (\S{1,63}) (?:keeps crashing|failed|crashed)/i,
    words: 'The init container $1 fails, so the pod never starts.',
    action: 'Read the log of the init container $1.',
  },
  {
    id: 'crash',
    pattern: /keeps crashing|crashed(?: \(exit code \d+\))?|CrashLoopBackOff|Back-off restarting failed container/,
    words: 'The container starts and ends with an error, again and again.',
    action: 'Read the last lines of its log; roll back if a deployment began it.',
  },
  {
    id: 'container-failed',
    pattern: /Container \S{1,63} failed \(exit code \d+\)/,
    words: 'The container ended with an error.',
    action: 'Read the last lines of its log.',
  },
  {
    id: 'sandbox-network',
    pattern: /(?:FailedCreatePodSandBox|Failed to create pod sandbox)[^\n]{0,200}(?:network|cni|CNI)/,
    words: 'The network of the pod cannot be set up.',
    action: 'Look at the network plugin (CNI) of the node.',
  },
  {
    id: 'sandbox',
    pattern: /FailedCreatePodSandBox|Failed to create pod sandbox/,
    words: 'The node cannot prepare the pod.',
    action: 'Look at the container runtime of the node, and at the runtimeClassName of the pod.',
  },
  {
    id: 'container-cannot-start',
    pattern: /Container \S{1,63} cannot start|CreateContainer(?:Config)?Error|RunContainerError/,
    words: 'The container cannot be started as it is declared.',
    action: 'Correct what the message names in Git.',
  },
];
