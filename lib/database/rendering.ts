import type { Manifest } from '#lib/domain/resource/manifest.ts';
import type { Prisma } from './generated/client.ts';
import type { Reader } from './reader.ts';

/** One path that a render read, with the Git hash it had; null = looked for and absent. */
export interface SetRead {
  path: string;
  hash: string | null;
}

/** A rendered set without its objects. */
export interface SetHead {
  id: string;
  inputsKey: string;
  digest: string;
  tool: string;
  version: string;
  reads: SetRead[];
  warnings: string[];
  objectCount: number;
}

/** One masked object of a set; `hash` addresses its content. */
export interface SetObject {
  key: string;
  hash: string;
  body: Manifest;
}

export interface NewSet extends Omit<SetHead, 'id' | 'objectCount'> {
  objects: SetObject[];
  bytes: number;
  at: Date;
}

const HEAD = {
  id: true,
  inputsKey: true,
  digest: true,
  tool: true,
  version: true,
  reads: true,
  warnings: true,
  objectCount: true,
} as const;
/** Rows of one insert; Postgres takes 65,535 parameters. */
const BATCH = 1_000;
/** A set's last use is only noted when the noted one is older than this. */
const USE_MS = 86_400_000;

/** Stores a masked set once per inputs; answers the id of the set with these inputs. */
export async function storeSet(tx: Reader, set: NewSet): Promise<string> {
  const { objects, at, ...head } = set;
  for (const batch of batches(objects)) {
    await tx.manifestBlob.createMany({
      data: batch.map(({ hash, body }) => ({ hash, body: asJson(body), createdAt: at })),
      skipDuplicates: true,
    });
  }
  const reads = set.reads.map(({ path, hash }) => ({ path, hash }));
  const data = { ...head, reads, objectCount: objects.length, createdAt: at, lastUsedAt: at };
  const [created] = await tx.renderedSet.createManyAndReturn({
    data: [data],
    skipDuplicates: true,
    select: { id: true },
  });
  if (!created) {
    const existing = await tx.renderedSet.findUniqueOrThrow({
      where: { inputsKey: set.inputsKey },
      select: { id: true },
    });
    return existing.id;
  }
  const rows = objects.map(({ key, hash }, ordinal) => ({ setId: created.id, ordinal, key, blobHash: hash }));
  for (const batch of batches(rows)) await tx.renderedObject.createMany({ data: batch });
  return created.id;
}

export async function findSetByInputs(tx: Reader, inputsKey: string): Promise<SetHead | null> {
  const row = await tx.renderedSet.findUnique({ where: { inputsKey }, select: HEAD });
  return row ? headOf(row) : null;
}

export async function findSetHead(tx: Reader, id: string): Promise<SetHead | null> {
  const row = await tx.renderedSet.findUnique({ where: { id }, select: HEAD });
  return row ? headOf(row) : null;
}

/** Heads by set id. */
export async function listSetHeads(tx: Reader, ids: string[]): Promise<Map<string, SetHead>> {
  const rows = await tx.renderedSet.findMany({ where: { id: { in: ids } }, select: HEAD });
  return new Map(rows.map((row) => [row.id, headOf(row)]));
}

/** Notes the use of a set, at most once a day. */
export async function markSetUsed(tx: Reader, id: string, at: Date): Promise<void> {
  await tx.renderedSet.updateMany({
    where: { id, lastUsedAt: { lt: new Date(at.getTime() - USE_MS) } },
    data: { lastUsedAt: at },
  });
}

/** Objects of a set in the order rendered, masked; [] when the set is gone. */
export async function loadSetObjects(tx: Reader, setId: string): Promise<SetObject[]> {
  const rows = await tx.renderedObject.findMany({
    where: { setId },
    orderBy: { ordinal: 'asc' },
    select: { key: true, blobHash: true, blob: { select: { body: true } } },
  });
  return rows.map((row) => ({ key: row.key, hash: row.blobHash, body: asManifest(row.blob.body) }));
}

/** `group/Kind` pairs in the target and deployed sets of a cluster's applications: what is to be watched there. */
export async function listKindsInUse(tx: Reader, clusterId: string): Promise<{ group: string; kind: string }[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT split_part(object.key, '/', 1) || '/' || split_part(object.key, '/', 2) AS name
    FROM "ApplicationState" AS state
    JOIN "RenderedObject" AS object ON object."setId" IN (state."targetSetId", state."deployedSetId")
    WHERE state."clusterId" = ${clusterId}::uuid
    UNION
    SELECT DISTINCT split_part(object.key, '/', 1) || '/' || split_part(object.key, '/', 2)
    FROM "ObjectState" AS object
    JOIN "Application" AS application ON application.id = object."applicationId"
    WHERE application."clusterId" = ${clusterId}::uuid AND object.managed`;
  return rows.map((row) => {
    const [group = '', kind = ''] = row.name.split('/');
    return { group, kind };
  });
}

/** Keys in the target and deployed sets (and pins) of a cluster's applications, with the applications that hold them. */
export async function listManagedKeys(
  tx: Reader,
  clusterId: string,
): Promise<{ key: string; applicationId: string }[]> {
  return tx.$queryRaw`
    SELECT DISTINCT object.key, state."applicationId"
    FROM "ApplicationState" AS state
    LEFT JOIN "Pin" AS pin ON pin."applicationId" = state."applicationId" AND pin."endedAt" IS NULL
    JOIN "RenderedObject" AS object ON object."setId" IN (state."targetSetId", state."deployedSetId", pin."setId")
    WHERE state."clusterId" = ${clusterId}::uuid`;
}

function headOf(
  row: Omit<SetHead, 'reads' | 'warnings'> & { reads: Prisma.JsonValue; warnings: Prisma.JsonValue },
): SetHead {
  return { ...row, reads: readsOf(row.reads), warnings: textsOf(row.warnings) };
}

function readsOf(value: Prisma.JsonValue): SetRead[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((read) => {
    if (read === null || typeof read !== 'object' || Array.isArray(read)) return [];
    const { path, hash } = read;
    return typeof path === 'string' ? [{ path, hash: typeof hash === 'string' ? hash : null }] : [];
  });
}

function textsOf(value: Prisma.JsonValue): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

/** Bodies are written by storeSet alone, as manifests. */
function asManifest(value: Prisma.JsonValue): Manifest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by storeSet, from a Manifest
  return value as unknown as Manifest;
}

function asJson(body: Manifest): Prisma.InputJsonValue {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a manifest is JSON by definition
  return body as unknown as Prisma.InputJsonValue;
}

function* batches<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}
