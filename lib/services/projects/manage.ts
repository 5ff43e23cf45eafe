import type { z } from 'zod';
import type { AuditVerb } from '#lib/contracts/audit-verbs.ts';
import { projectInput, type ProjectView, updateProjectInput } from '#lib/contracts/projects.ts';
import { copyNames, listApplicationNames } from '#lib/database/applications.ts';
import {
  deleteProject as removeProject,
  findProjectRow,
  insertProject,
  listProjectRows,
  type ProjectRow,
  updateProject as writeProject,
} from '#lib/database/projects.ts';
import { inTransaction } from '#lib/database/transaction.ts';
import { requirePermission } from '../access/require.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { digestOf } from '../shared/digest.ts';
import { inUse, withUnique } from '../shared/unique.ts';

const viewOf = (row: ProjectRow): ProjectView => ({
  id: row.id,
  name: row.name,
  description: row.description,
  applicationCount: row.applicationCount,
  createdAt: row.createdAt.toISOString(),
});
const declarationOf = (row: ProjectRow) => ({ name: row.name, description: row.description });

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
      const id = await insertProject(tx, wanted);
      const row = await findProjectRow(tx, id);
      if (!row) throw notFound('project', id);
      await recordAudit(ctx, tx, {
        verb: 'project.create',
        target: { ...target, id },
        outcome: 'succeeded',
        afterHash: digestOf(declarationOf(row)),
      });
      changed(`project:${id}`, 'audit');
      return viewOf(row);
    }),
  );
}

async function openProject(ctx: Context, id: string, verb: AuditVerb): Promise<ProjectRow> {
  const row = await findProjectRow(ctx.database.prisma, id);
  const target = { kind: 'project' as const, id, name: row?.name ?? '' };
  await requirePermission(ctx, 'projects:write', { verb, target });
  if (!row) throw notFound('project', id);
  return row;
}

/** Renames or describes a project. Errors: forbidden (audited), not-found, invalid, conflict. */
export async function updateProject(
  ctx: Context,
  input: { id: string; change: z.input<typeof updateProjectInput> },
): Promise<ProjectView> {
  const before = await openProject(ctx, input.id, 'project.update');
  const { name, description } = updateProjectInput.parse(input.change);
  return withUnique('project', () =>
    inTransaction(ctx.database, async ({ tx, changed }) => {
      await writeProject(tx, before.id, {
        ...(name === undefined ? {} : { name }),
        ...(description === undefined ? {} : { description }),
      });
      if (name !== undefined && name !== before.name) await copyNames(tx, { projectId: before.id });
      const after = await findProjectRow(tx, before.id);
      if (!after) throw notFound('project', before.id);
      await recordAudit(ctx, tx, {
        verb: 'project.update',
        target: { kind: 'project', id: after.id, name: after.name },
        outcome: 'succeeded',
        beforeHash: digestOf(declarationOf(before)),
        afterHash: digestOf(declarationOf(after)),
      });
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
