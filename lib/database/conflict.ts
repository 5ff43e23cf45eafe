import { Prisma } from './generated/client.ts';

/** The columns of the unique index a write broke, or null when the error is another one. */
export function brokenUniqueColumns(error: unknown): string[] | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return null;
  return columnsIn(error.meta) ?? [];
}

/** Drivers nest the columns in different depths: the first list of texts under `target` or `fields` counts. */
function columnsIn(value: unknown): string[] | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    if ((key === 'target' || key === 'fields') && Array.isArray(member)) {
      return member.map((column) => String(column).replaceAll('"', ''));
    }
    // Where a column has the name of a keyword the driver tells the index alone.
    const named = key === 'index' && typeof member === 'string' ? /^[A-Za-z]+_(.+)_key$/.exec(member)?.[1] : undefined;
    if (named !== undefined) return named.split('_');
    const found = columnsIn(member);
    if (found) return found;
  }
  return null;
}
