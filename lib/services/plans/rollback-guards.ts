import type { PlanGuard } from '#lib/contracts/operations.ts';
import { loadSetObjects } from '#lib/database/rendering.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { fieldsThatStay, hooksNotUndone } from '#lib/domain/history/rollback-warnings.ts';
import type { WorkerContext } from '../context.ts';
import type { Survey } from './survey.ts';

/** What a person must know before an earlier revision comes back: warnings, none of which stands in the way. */
export async function rollbackGuards(ctx: WorkerContext, subject: SubjectRow, survey: Survey): Promise<PlanGuard[]> {
  const { prisma } = ctx.database;
  const bodiesOf = async (setId: string | null | undefined) =>
    setId ? (await loadSetObjects(prisma, setId)).map(({ body }) => body) : [];
  const [deployed, goal] = await Promise.all([bodiesOf(subject.state?.deployedSetId), bodiesOf(survey.setId)]);
  const changed = new Set(survey.planned.filter(({ action }) => action === 'change').map(({ id }) => id));
  const refused = [...survey.examined.values()]
    .filter(({ id, isMadeAnew }) => changed.has(id) && !isMadeAnew)
    .map(({ manifest, needsReplace }) => ({
      kind: manifest.kind,
      name: manifest.metadata.name,
      paths: needsReplace.map(({ path }) => path),
    }));
  return [hooksNotUndone(deployed, goal), fieldsThatStay(refused)].flatMap((message): PlanGuard[] =>
    message === null ? [] : [{ level: 'warn', message, typedName: null }],
  );
}
