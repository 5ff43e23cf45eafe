import type { Prisma } from './generated/client.ts';
import type { ProjectModel } from './generated/models/Project.ts';
import type { Reader } from './reader.ts';

export type ProjectRow = ProjectModel & { applicationCount: number };

/** Projects by name; `ids` narrows. */
export async function listProjectRows(tx: Reader, ids?: string[]): Promise<ProjectRow[]> {
  const rows = await tx.project.findMany({
    ...(ids ? { where: { id: { in: ids } } } : {}),
    include: { _count: { select: { applications: true } } },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ _count, ...project }) => ({ ...project, applicationCount: _count.applications }));
}

export async function findProjectRow(tx: Reader, id: string): Promise<ProjectRow | null> {
  const [row] = await listProjectRows(tx, [id]);
  return row ?? null;
}

export interface NewProject {
  name: string;
  description: string;
  syncWindows: Prisma.InputJsonArray;
  ignoreRules: Prisma.InputJsonArray;
}

export async function insertProject(tx: Reader, project: NewProject): Promise<string> {
  const row = await tx.project.create({ data: project, select: { id: true } });
  return row.id;
}

export async function updateProject(tx: Reader, id: string, change: Partial<NewProject>): Promise<void> {
  await tx.project.update({ where: { id }, data: change });
}

/** Ids of the applications that belong to a project. */
export async function listApplicationIds(tx: Reader, projectId: string): Promise<string[]> {
  const rows = await tx.application.findMany({ where: { projectId }, select: { id: true } });
  return rows.map((row) => row.id);
}

export async function deleteProject(tx: Reader, id: string): Promise<void> {
  await tx.project.delete({ where: { id } });
}
