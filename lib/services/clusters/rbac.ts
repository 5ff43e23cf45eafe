import type { z } from 'zod';
import type { clusterAccess } from '#lib/contracts/clusters.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';

const READ_RULES = `rules:
  # Discovery, lists and watches of the kinds that applications declare, and of what those make.
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["get", "list", "watch"]
  - nonResourceURLs: ["/version", "/openapi/*", "/api", "/api/*", "/apis", "/apis/*"]
    verbs: ["get"]`;

const FULL_RULES = `${READ_RULES}
  # Server-side apply is patch (and create where the object is new); delete prunes what an application owned.
  # To narrow it, name the API groups and kinds that your applications declare.
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["create", "patch", "update", "delete"]`;

/** The least that a cluster must grant, as a manifest for its administrator. Errors: forbidden. */
export async function clusterRbac(
  ctx: Context,
  input: { access: z.infer<typeof clusterAccess> },
): Promise<{ access: z.infer<typeof clusterAccess>; manifest: string }> {
  await requirePermission(ctx, 'clusters:read');
  const role = `quarterdeck-${input.access}`;
  const manifest = `# Apply with: kubectl apply -f quarterdeck.yaml
# Then read the token to paste:
#   kubectl -n quarterdeck get secret quarterdeck-token -o jsonpath='{.data.token}' | base64 -d
apiVersion: v1
kind: Namespace
metadata:
  name: quarterdeck
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: quarterdeck
  namespace: quarterdeck
---
apiVersion: v1
kind: Secret
metadata:
  name: quarterdeck-token
  namespace: quarterdeck
  annotations:
    kubernetes.io/service-account.name: quarterdeck
type: kubernetes.io/service-account-token
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${role}
${input.access === 'full' ? FULL_RULES : READ_RULES}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: ${role}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: ${role}
subjects:
  - kind: ServiceAccount
    name: quarterdeck
    namespace: quarterdeck
`;
  return { access: input.access, manifest };
}
