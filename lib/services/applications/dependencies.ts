import { findByReference, findReferences, lockDependencies, replaceDependencies } from '#lib/database/dependencies.ts';
import { findProjectRow } from '#lib/database/projects.ts';
import type { Reader } from '#lib/database/reader.ts';
import { findCycle } from '#lib/domain/sync/dependencies.ts';
import { type FieldProblem, ServiceError } from '../errors.ts';

/**
 * Stores what an application depends on: `name` of an application of its project, or `project/name`. Errors: invalid
 * for one that is not there, for itself, and for a circle, which is named.
 */
export async function saveDependencies(
  tx: Reader,
  application: { id: string; projectId: string },
  dependsOn: readonly string[],
): Promise<void> {
  const project = await findProjectRow(tx, application.projectId);
  const references = dependsOn.map((text) => (text.includes('/') ? text : `${project?.name ?? ''}/${text}`));
  const found = await findByReference(tx, references);
  const missing = references.flatMap((reference, index): FieldProblem[] =>
    found.has(reference) ? [] : [{ path: `dependsOn.${index}`, message: `there is no application ${reference}` }],
  );
  if (missing.length > 0) throw refusal(missing);
  const ids = [...new Set(found.values())];
  if (ids.length > 0) await refuseCircle(tx, application.id, ids);
  await replaceDependencies(tx, application.id, ids);
}

async function refuseCircle(tx: Reader, applicationId: string, ids: string[]): Promise<void> {
  const graph = new Map<string, string[]>();
  for (const edge of await lockDependencies(tx)) {
    if (edge.applicationId === applicationId) continue;
    const known = graph.get(edge.applicationId);
    if (known) known.push(edge.dependsOnId);
    else graph.set(edge.applicationId, [edge.dependsOnId]);
  }
  const way = findCycle(graph.set(applicationId, ids), applicationId);
  if (way === null) return;
  const names = await findReferences(tx, way);
  const words = way.map((id) => names.get(id) ?? id).join(' → ');
  throw refusal([{ path: 'dependsOn', message: `would be a circle: ${words}` }]);
}

function refusal(fields: FieldProblem[]): ServiceError {
  return new ServiceError('invalid', `${fields.map(({ message }) => message).join('; ')}.`, { fields });
}
