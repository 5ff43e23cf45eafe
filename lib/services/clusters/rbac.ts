import type { z } from 'zod';
import type { clusterAccess } from '#lib/contracts/clusters.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';

type Access = z.infer<typeof clusterAccess>;

const READ_RULES = `rules:
  # Discovery, lists and watches of the kinds that applications declare, and of what those make. The star covers Secrets
  # (compared by keyed hash, never shown) and pods/exec too: to narrow it, name the groups and kinds you use.
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["get", "list", "watch"]
  - nonResourceURLs: ["/version", "/openapi/*", "/api", "/api/*", "/apis", "/apis/*"]
    verbs: ["get"]`;

const FULL_RULES = `${READ_RULES}
  # Server-side apply is patch (and create where the object is new); delete prunes what an application owned.
  # To narrow it, name the API groups and kinds that your applications declare. Where they declare roles that grant more
  # than this one does, Kubernetes also asks for the verbs bind and escalate on roles.
  - apiGroups: ["*"]
    resources: ["*"]
    verbs: ["create", "patch", "update", "delete"]`;

/** The least that a cluster must grant, as a manifest for its administrator. Errors: forbidden. */
export async function clusterRbac(
  ctx: Context,
  { access }: { access: Access },
): Promise<{ access: Access; manifest: string }> {
  await requirePermission(ctx, 'clusters:read');
  return { access, manifest: rbacManifest(access) };
}

export function rbacManifest(access: Access): string {
  const role = `quarterdeck-${access}`;
  return `# Apply with: kubectl apply --server-side -f quarterdeck.yaml
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
${access === 'full' ? FULL_RULES : READ_RULES}
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
}
