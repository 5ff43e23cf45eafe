import type { PlanGuard } from '#lib/contracts/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import type { Context } from '../context.ts';
import { unreadyDependencies } from '../shared/dependencies-of.ts';

/** What somebody who plans a sync is told of applications that should be ready first: automatic sync would wait. */
export async function dependencyGuards(ctx: Context, subject: SubjectRow): Promise<PlanGuard[]> {
  const unready = await unreadyDependencies(ctx.database.prisma, subject.id);
  return unready.map(({ projectName, name, waits }) => ({
    level: 'warn',
    message: `${projectName}/${name}, which ${subject.name} depends on, ${waits}.`,
    typedName: null,
  }));
}
