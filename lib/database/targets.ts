import type { Reader } from './reader.ts';

/** Native applications of a repository as declared, with their state. */
export async function listDeclaredOfRepository(tx: Reader, repositoryId: string) {
  return tx.application.findMany({
    where: { repositoryId, agent: 'native' },
    include: {
      state: true,
      project: { select: { name: true, ignoreRules: true } },
      cluster: { select: { name: true, status: true, access: true } },
    },
    orderBy: { id: 'asc' },
  });
}

/** Set ids by inputs key, of those that exist. */
export async function findSetsByInputs(tx: Reader, inputsKeys: string[]): Promise<Map<string, string>> {
  const rows = await tx.renderedSet.findMany({
    where: { inputsKey: { in: inputsKeys } },
    select: { id: true, inputsKey: true },
  });
  return new Map(rows.map((row) => [row.inputsKey, row.id]));
}
