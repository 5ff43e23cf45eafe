import { brokenUniqueColumns } from '#lib/database/conflict.ts';
import { ServiceError } from '../errors.ts';

/** Runs a write; a taken name, URL or the like becomes a conflict that names the field. `kind` such as `cluster`. */
export async function withUnique<Result>(kind: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const columns = brokenUniqueColumns(error);
    if (columns === null) throw error;
    const field = ['url', 'kind'].find((column) => columns.includes(column)) ?? 'name';
    throw new ServiceError('conflict', `Another ${kind} has this ${field} already; choose another one.`, {
      fields: [{ path: field, message: 'is taken' }],
      cause: error,
    });
  }
}

/** Why something in use cannot go, with the first users by name. */
export function inUse(what: string, names: string[], total: number): ServiceError {
  const more = total > names.length ? ` and ${total - names.length} more` : '';
  return new ServiceError('conflict', `${what} is used by ${names.join(', ')}${more}. Delete or move them first.`);
}
