import { z } from 'zod';
import { type ApplicationView, type PinView } from '#lib/contracts/applications.ts';
import { renderOptions } from '#lib/contracts/sources.ts';
import { labels } from '#lib/contracts/common.ts';
import { findRenderedSet } from '#lib/database/application-details.ts';
import { findApplicationRows } from '#lib/database/application-rows.ts';
import { listDependencies, listDependents } from '#lib/database/dependencies.ts';
import { findDeployment } from '#lib/database/deployments.ts';
import { findOpenPin, type PinRow } from '#lib/database/pins.ts';
import { findOpenSuspension } from '#lib/database/suspensions.ts';
import { findSubject, type SubjectRow } from '#lib/database/subjects.ts';
import { forgeOf } from '#lib/domain/revision/forge.ts';
import { notReadyWords } from '#lib/domain/sync/dependencies.ts';
import { standingWords } from '#lib/domain/sync/window-words.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { suspensionViewOf } from '../suspensions/view.ts';
import { policyOf } from '../shared/policy-of.ts';
import { storedRules } from '../shared/rules-of.ts';
import { judgeSubject } from '../shared/windows-of.ts';

const CLUSTER_STATUSES = ['unknown', 'connected', 'silent'] as const;
const ERROR_STEPS = ['source', 'render', 'compare', 'operation'] as const;

/** One application with its declaration and its state. Errors: forbidden, not-found. */
export async function getApplication(ctx: Context, input: { id: string }): Promise<ApplicationView> {
  await requirePermission(ctx, 'applications:read');
  const { prisma } = ctx.database;
  const subject = await findSubject(prisma, input.id);
  const [row] = subject ? await findApplicationRows(prisma, [input.id]) : [];
  if (!subject || !row) throw notFound('application', input.id);
  const [pin, suspension, dependencies, dependents, set, lastDeployment] = await Promise.all([
    findOpenPin(prisma, subject.id),
    findOpenSuspension(prisma, subject.id),
    listDependencies(prisma, subject.id),
    listDependents(prisma, subject.id),
    findRenderedSet(prisma, subject.state?.targetSetId ?? null),
    lastDeploymentOf(ctx, subject),
  ]);
  return {
    ...row,
    ...declarationOf(subject),
    dependencies: dependencies.map((row) => ({ ...row, waits: notReadyWords(row) ?? '' })),
    neededBy: dependents.map(({ name }) => name),
    pin: pin ? pinViewOf(pin) : null,
    suspension: suspension ? suspensionViewOf(suspension) : null,
    renderedAt: set?.createdAt.toISOString() ?? null,
    renderTool: set?.version ?? null,
    renderWarnings: z
      .array(z.string())
      .catch([])
      .parse(set?.warnings ?? []),
    errorStep: ERROR_STEPS.find((step) => step === subject.state?.errorStep) ?? null,
    lastDeployment,
    clusterStatus: CLUSTER_STATUSES.find((status) => status === subject.cluster.status) ?? 'unknown',
    clusterSilentSince: subject.cluster.silentSince?.toISOString() ?? null,
    syncWindow: windowViewOf(subject, ctx.clock.now()),
  };
}

function windowViewOf(subject: SubjectRow, now: Date): ApplicationView['syncWindow'] {
  const verdict = judgeSubject(subject, now);
  const { open, manual, changesAt } = verdict;
  if (open && changesAt === null) return null;
  const { automated } = policyOf(subject);
  return {
    manual,
    words: standingWords(subject.name, verdict, { automated, now: now.getTime() }),
    changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
  };
}

function declarationOf(subject: SubjectRow) {
  return {
    labels: labels.catch({}).parse(subject.labels),
    repositoryId: subject.repositoryId,
    repositoryName: subject.repository.name,
    repositoryUrl: subject.repository.url,
    repositoryForge: forgeOf(subject.repository.forge, subject.repository.url),
    projectId: subject.projectId,
    targetRevision: subject.targetRevision,
    path: subject.path,
    options: renderOptions.catch({}).parse(subject.renderOptions),
    syncPolicy: policyOf(subject),
    ignoreRules: storedRules(subject.ignoreRules),
    protected: subject.protected,
    version: subject.version,
  };
}

async function lastDeploymentOf(ctx: Context, subject: SubjectRow): Promise<ApplicationView['lastDeployment']> {
  const id = subject.state?.deploymentId;
  const row = id ? await findDeployment(ctx.database.prisma, subject.id, id) : null;
  if (!row) return null;
  return {
    id: row.id,
    actorName: row.actorName,
    finishedAt: row.finishedAt.toISOString(),
    durationMs: row.finishedAt.getTime() - row.startedAt.getTime(),
    outcome: row.outcome,
  };
}

function pinViewOf(pin: PinRow): PinView {
  return {
    id: pin.id,
    revision: pin.revision,
    deploymentId: pin.deploymentId,
    ownerName: pin.ownerName,
    reason: pin.reason,
    expiresAt: pin.expiresAt.toISOString(),
    createdAt: pin.createdAt.toISOString(),
    announcedAt: pin.announcedAt?.toISOString() ?? null,
  };
}
