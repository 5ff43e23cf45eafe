import { z } from 'zod';
import { FORGES } from '#lib/domain/revision/forge.ts';
import { HEALTH_STATUSES } from '#lib/domain/health/status.ts';
import { PLAN_ACTIONS, SYNC_STATUSES } from '#lib/domain/sync/status.ts';
import { diagnosis, id, labels, name, pageQuery, timestamp } from './common.ts';
import { difference, driftView, immutableField } from './drift.ts';
import { expiredRule, hiddenObject, ignoreRule, ignoreRules } from './ignore-rules.ts';
import { renderOptions, repositoryPath, sourceInput } from './sources.ts';
import { suspensionView } from './suspensions.ts';
import { syncPolicy } from './sync-policy.ts';

/** Automatic sync waits until these are Synced and Healthy: names in its project, or `project/name`. */
const dependsOn = z
  .array(
    z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?)?$/, 'must be a name or project/name')
      .max(507),
  )
  .max(50);

export const applicationInput = z.strictObject({
  name,
  projectId: id,
  clusterId: id,
  namespace: name,
  labels: labels.default({}),
  source: sourceInput,
  syncPolicy: syncPolicy.prefault({}),
  ignoreRules: ignoreRules.default([]),
  protected: z.boolean().default(false),
  dependsOn: dependsOn.default([]),
});
export type ApplicationInput = z.infer<typeof applicationInput>;
/** As it is sent: what is left out has its default. */
export type NewApplication = z.input<typeof applicationInput>;
/** `version` is the one the person saw; another one in between is a conflict. */
export const updateApplicationInput = z
  // Without the defaults of a new one: what is absent stays as it is.
  .strictObject({
    ...applicationInput.shape,
    labels,
    syncPolicy,
    ignoreRules,
    protected: z.boolean(),
    dependsOn,
  })
  .partial()
  .extend({ version: z.number().int().positive() });

/** The YAML form: names instead of ids. */
export const applicationDocument = z.strictObject({
  apiVersion: z.literal('quarterdeck.dev/v1'),
  kind: z.literal('Application'),
  metadata: z.strictObject({ name, labels: labels.optional() }),
  spec: z.strictObject({
    project: name,
    destination: z.strictObject({ cluster: name, namespace: name }),
    source: z.strictObject({
      repository: z.string().min(1).max(500),
      targetRevision: z.string().min(1).max(250).default('HEAD'),
      path: repositoryPath.default(''),
      ...renderOptions.shape,
    }),
    syncPolicy: syncPolicy.optional(),
    ignoreRules: ignoreRules.optional(),
    protected: z.boolean().optional(),
    dependsOn: dependsOn.optional(),
  }),
});

/** Objects in the cluster stay; `message` says so. */
export const applicationDeleted = z.object({ message: z.string() });

const sync = z.enum(SYNC_STATUSES);
const health = z.enum(HEALTH_STATUSES);
export const commit = z.object({
  sha: z.string(),
  subject: z.string(),
  authorName: z.string(),
  committedAt: timestamp,
});
export type CommitView = z.infer<typeof commit>;

export const pinView = z.object({
  id,
  revision: z.string(),
  deploymentId: id,
  ownerName: z.string(),
  reason: z.string(),
  expiresAt: timestamp,
  createdAt: timestamp,
  announcedAt: timestamp.nullable(),
});
export type PinView = z.infer<typeof pinView>;

/** One narrow row of the list, and of the stream. */
export const applicationRow = z.object({
  id,
  name,
  projectName: z.string(),
  clusterId: id,
  clusterName: z.string(),
  namespace: z.string(),
  agent: z.enum(['native', 'argocd', 'flux', 'jenkins-x']),
  sync,
  health,
  attention: z.number().int(),
  attentionReason: z.string(),
  cause: z.string(),
  /** What the cause means, and what to do. */
  diagnosis,
  driftCount: z.number().int(),
  outOfSyncCount: z.number().int(),
  objectCount: z.number().int(),
  pinned: z.boolean(),
  /** Automatic sync is suspended. */
  suspended: z.boolean(),
  automated: z.boolean(),
  target: commit.nullable(),
  deployed: commit.nullable(),
  deployedAt: timestamp.nullable(),
  error: z.string().nullable(),
  /** True when the cluster is silent: everything here is the last known state. */
  stale: z.boolean(),
  activeOperationId: id.nullable(),
  changedAt: timestamp,
});
export type ApplicationRow = z.infer<typeof applicationRow>;

export const APPLICATION_SORTS = ['attention', 'name', 'cluster', 'changed', 'deployed'] as const;
export const listApplicationsQuery = pageQuery.extend({
  /** Search grammar: free text, `cluster:prod-*`, `health:degraded`, `sync:outofsync`, `drift:yes`, `pinned:yes`, `suspended:yes`, `project:`, `ns:`, `agent:`, `rev:`, `label:team=x`, `cause:<fingerprint>`, `!negate`. */
  query: z.string().max(500).default(''),
  sort: z.enum(APPLICATION_SORTS).default('attention'),
  direction: z.enum(['asc', 'desc']).optional(),
});

export const objectRow = z.object({
  key: z.string(),
  group: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  apiVersion: z.string(),
  managed: z.boolean(),
  uid: z.string().nullable(),
  ownerUid: z.string().nullable(),
  sync,
  health,
  message: z.string(),
  diagnosis,
  createdAt: timestamp.nullable(),
  changedAt: timestamp,
});
export type ObjectRow = z.infer<typeof objectRow>;

export const applicationView = applicationRow.extend({
  labels,
  repositoryId: id,
  repositoryName: z.string(),
  repositoryUrl: z.string(),
  /** What hosts the repository; null where it is not known. */
  repositoryForge: z.enum(FORGES).nullable(),
  projectId: id,
  targetRevision: z.string(),
  path: z.string(),
  options: renderOptions,
  syncPolicy,
  ignoreRules: z.array(ignoreRule),
  protected: z.boolean(),
  /** What automatic sync waits for; `waits` is '' when it is ready, else why not (`is Degraded`). */
  dependencies: z.array(
    z.object({
      id,
      name: z.string(),
      projectName: z.string(),
      clusterName: z.string(),
      sync,
      health,
      waits: z.string(),
    }),
  ),
  /** Names of those that depend on this one. */
  neededBy: z.array(z.string()),
  version: z.number().int(),
  pin: pinView.nullable(),
  suspension: suspensionView.nullable(),
  renderedAt: timestamp.nullable(),
  renderTool: z.string().nullable(),
  renderWarnings: z.array(z.string()),
  errorStep: z.enum(['source', 'render', 'compare', 'operation']).nullable(),
  lastDeployment: z
    .object({ id, actorName: z.string(), finishedAt: timestamp, durationMs: z.number(), outcome: z.string() })
    .nullable(),
  clusterStatus: z.enum(['unknown', 'connected', 'silent']),
  clusterSilentSince: timestamp.nullable(),
  /** What the sync windows of its project say now; null where none is about it. `words` is '' while open. */
  syncWindow: z
    .object({
      manual: z.enum(['open', 'overridable', 'closed']),
      words: z.string(),
      /** When this may change; null = never. */
      changesAt: timestamp.nullable(),
    })
    .nullable(),
});
export type ApplicationView = z.infer<typeof applicationView>;

/** One object with something to show on the Changes tab. Texts are masked YAML, ready for a line diff. */
export const objectChange = z.object({
  key: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  apiVersion: z.string(),
  /** pending: Git moved. drift: live moved. */
  category: z.enum(['pending', 'drift']),
  action: z.enum(PLAN_ACTIONS),
  before: z.object({ label: z.string(), text: z.string() }),
  after: z.object({ label: z.string(), text: z.string() }),
  differences: z.array(difference),
  /** Fields that only a new object can have otherwise. */
  needsReplace: z.array(immutableField).default([]),
  /** Open drift records of this object. */
  drifts: z.array(driftView),
});
export type ObjectChange = z.infer<typeof objectChange>;
export const changesView = z.object({
  pending: z.array(objectChange),
  drift: z.array(objectChange),
  /** Differences that rules hide, object by object. */
  hidden: z.array(hiddenObject).default([]),
  /** Rules that would hide more, and are over. */
  expiredRules: z.array(expiredRule).default([]),
  /** Commits between deployed and target, newest first, capped at 50. */
  commits: z.array(commit),
  truncated: z.boolean(),
});
export type ChangesView = z.infer<typeof changesView>;

export const timelineEntry = z.object({
  id: z.string(),
  kind: z.enum([
    'commit',
    'deployment',
    'drift',
    'drift-closed',
    'pin',
    'pin-ended',
    'health',
    'sync',
    'error',
    'operation',
    'audit',
  ]),
  at: timestamp,
  summary: z.string(),
  actorName: z.string().nullable(),
  /** healthy, bad, blue, amber, violet, grey: the colour of a state, never decoration. */
  tone: z.enum(['ok', 'bad', 'blue', 'amber', 'violet', 'grey']),
  ref: z.string().nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const kubernetesEvent = z.object({
  objectKey: z.string(),
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  /** Of warnings. */
  diagnosis,
  count: z.number().int(),
  source: z.string(),
  firstAt: timestamp.nullable(),
  lastAt: timestamp.nullable(),
});
export const eventsView = z.object({ events: z.array(kubernetesEvent), askedAt: timestamp });
export const liveManifestQuery = z.object({ key: z.string().max(800) });
/** Masked YAML of the live object. */
export const liveManifestView = z.object({ text: z.string(), askedAt: timestamp });
