import type { z } from 'zod';
import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import { projectInput, type ProjectView, updateProjectInput } from '#lib/contracts/projects.ts';
import { copyNames, listApplicationNames } from '#lib/database/applications.ts';
import {
  deleteProject as removeProject,
  findProjectRow,
  insertProject,
  listApplicationIds,
  listProjectRows,
  type ProjectRow,
  updateProject as writeProject,
} from '#lib/database/projects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { describeWindow } from '#lib/domain/sync/window-words.ts';
import type { SyncWindow } from '#lib/domain/sync/windows.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { plainRules, storedRules } from '../shared/rules-of.ts';
import { inUse, withUnique } from '../shared/unique.ts';
import { windowsOf } from '../shared/windows-of.ts';

const viewOf = (row: ProjectRow): ProjectView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  syncWindows: windowsOf(row),
  ignoreRules: storedRules(row.ignoreRules),
  applicationCount: row.applicationCount,
  createdAt: row.createdAt.toISOString(),
});
const declarationOf = (row: ProjectRow) => ({
  name: row.name,
  description: row.description,
  syncWindows: windowsOf(row),
  ignoreRules: storedRules(row.ignoreRules),
});

/** Every project by name. Errors: forbidden. */
export async function listProjects(ctx: Context): Promise<ProjectView[]> {
  await requirePermission(ctx, 'projects:read');
  return (await listProjectRows(ctx.database.prisma)).map(viewOf);
}

/** Errors: forbidden, not-found. */
export async function getProject(ctx: Context, input: { id: string }): Promise<ProjectView> {
  await requirePermission(ctx, 'projects:read');
  const row = await findProjectRow(ctx.database.prisma, input.id);
  if (!row) throw notFound('project', input.id);
  return viewOf(row);
}

/** Errors: forbidden (audited), invalid, conflict. */
export async function createProject(ctx: Context, input: z.input<typeof projectInput>): Promise<ProjectView> {
  const target = { kind: 'project' as const, id: '', name: input.name };
  await requirePermission(ctx, 'projects:write', { verb: 'project.create', target });
  const wanted = projectInput.parse(input);
  return withUnique('project', () =>
    inTransaction(ctx.database, async ({ tx, changed }) => {
      const id = await insertProject(tx, { ...wanted, ignoreRules: plainRules(wanted.ignoreRules) });
      const row = await findProjectRow(tx, id);
      if (!row) throw notFound('project', id);
      await recordAudit(ctx, tx, {
        verb: 'project.create',
        target: { ...target, id },
        outcome: 'succeeded',
        ...(wanted.syncWindows.length > 0 ? { detail: changeOf([], windowsOf(row)) } : {}),
        afterHash: digestOf(declarationOf(row)),
      });
      changed(`project:${id}`, 'audit');
      return viewOf(row);
    }),
  );
}

/** What a record says of a change of windows: each in words, so that it can be read without the project. */
function changeOf(before: SyncWindow[], after: SyncWindow[]): { syncWindows: { added: string[]; removed: string[] } } {
  const had = new Set(before.map(digestOf));
  const has = new Set(after.map(digestOf));
  return {
    syncWindows: {
      added: after.filter((window) => !had.has(digestOf(window))).map(recordWords),
      removed: before.filter((window) => !has.has(digestOf(window))).map(recordWords),
    },
  };
}

const recordWords = (window: SyncWindow) =>
  `${window.description === '' ? '' : `${window.description}: `}${describeWindow(window)}${window.manualSync ? ', people may sync' : ''}`;

async function openProject(ctx: Context, id: string, verb: AuditVerb): Promise<ProjectRow> {
  const row = await findProjectRow(ctx.database.prisma, id);
  const target = { kind: 'project' as const, id, name: row?.name ?? '' };
  await requirePermission(ctx, 'projects:write', { verb, target });
  if (!row) throw notFound('project', id);
  return row;
}

/**
 * Renames or describes a project, or replaces its sync windows: the audit says which were added and removed, and its
 * applications are looked at anew. Errors: forbidden (audited), not-found, invalid (the window's field), conflict.
 */
export async function updateProject(
  ctx: Context,
  input: { id: string; change: z.input<typeof updateProjectInput> },
): Promise<ProjectView> {
  const before = await openProject(ctx, input.id, 'project.update');
  const { name, description, syncWindows, ignoreRules } = updateProjectInput.parse(input.change);
  return withUnique('project', () =>
    inTransaction(ctx.database, async ({ tx, changed, enqueue }) => {
      await writeProject(tx, before.id, {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
        ...(syncWindows === undefined ? {} : { syncWindows }),
        ...(ignoreRules === undefined ? {} : { ignoreRules: plainRules(ignoreRules) }),
      });
      if (name !== undefined && name !== before.name) await copyNames(tx, { projectId: before.id });
      const after = await findProjectRow(tx, before.id);
      if (!after) throw notFound('project', before.id);
      const isMoved = digestOf(windowsOf(before)) !== digestOf(windowsOf(after));
      await recordAudit(ctx, tx, {
        verb: 'project.update',
        target: { kind: 'project', id: after.id, name: after.name },
        outcome: 'succeeded',
        ...(isMoved ? { detail: changeOf(windowsOf(before), windowsOf(after)) } : {}),
        beforeHash: digestOf(declarationOf(before)),
        afterHash: digestOf(declarationOf(after)),
      });
      if (digestOf(storedRules(before.ignoreRules)) !== digestOf(storedRules(after.ignoreRules))) {
        const ids = await listApplicationIds(tx, after.id);
        enqueue(...ids.map((key) => ({ kind: 'compare' as const, key })));
      }
      if (isMoved) {
        const ids = await listApplicationIds(tx, after.id);
        enqueue(...ids.map((key) => ({ kind: 'auto-sync' as const, key })));
        for (const id of ids) changed(`application:${id}`);
      }
      changed(`project:${after.id}`, 'audit');
      return viewOf(after);
    }),
  );
}

/** Deletes a project that has no applications. Errors: forbidden (audited), not-found, conflict. */
export async function deleteProject(ctx: Context, input: { id: string }): Promise<void> {
  const row = await openProject(ctx, input.id, 'project.delete');
  await inTransaction(ctx.database, async ({ tx, changed }) => {
    const users = await listApplicationNames(tx, { projectId: row.id });
    if (users.length > 0) throw inUse(`Project ${row.name}`, users, row.applicationCount);
    await removeProject(tx, row.id);
    await recordAudit(ctx, tx, {
      verb: 'project.delete',
      target: { kind: 'project', id: row.id, name: row.name },
      outcome: 'succeeded',
      beforeHash: digestOf(declarationOf(row)),
    });
    changed(`project:${row.id}`, 'audit');
  });
}
