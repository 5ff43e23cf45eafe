import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { freePort } from '#lib/config/free-port.ts';
import { applicationRow } from '#lib/contracts/applications.ts';
import { page } from '#lib/contracts/common.ts';
import { ensureBuild } from '#lib/launcher/build.ts';
import { startChild } from '#lib/launcher/child.ts';
import { ensureFirstAdmin } from '#lib/services/people/first-admin.ts';
import { seedApplications } from '../../prisma/seed/applications.ts';
import { ApiSession } from '../api-session.ts';
import { ADMIN } from '../product.ts';
import { type BenchHouse, withHouse } from './house.ts';
import { type Row, rowOf, time } from './row.ts';

const root = path.resolve(import.meta.dirname, '../..');
const APPLICATIONS = 10_000;
const CLUSTERS = 1_000;
const REQUESTS = 200;
const PAGE = 100;
const DEEP_PAGES = 50;

interface Question {
  measure: string;
  path: string;
}

async function ask(session: ApiSession, { measure, path: where }: Question): Promise<Row> {
  const samples: number[] = [];
  let answer: unknown;
  for (let count = 0; count < REQUESTS + 10; count += 1) {
    const took = await time(async () => {
      answer = await session.call('GET', where);
    });
    // The first requests load the route.
    if (count >= 10) samples.push(took);
  }
  const text = JSON.stringify(answer);
  const sizes = `${Math.round(text.length / 1_000)} kB, ${Math.round(gzipSync(text).length / 1_000)} kB compressed`;
  return rowOf(measure, samples, {
    unit: 'ms',
    note: `${page(applicationRow).parse(answer).items.length} rows, ${sizes}`,
  });
}

async function deepCursor(session: ApiSession): Promise<string> {
  let cursor = '';
  for (let count = 0; count < DEEP_PAGES; count += 1) {
    const answer = await session.call('GET', listPath(cursor === '' ? {} : { cursor }));
    cursor = page(applicationRow).parse(answer).nextCursor ?? '';
  }
  return cursor;
}

function listPath(query: Record<string, string>): string {
  return `/api/v1/applications?${new URLSearchParams({ limit: String(PAGE), ...query }).toString()}`;
}

async function measureOn({ ctx, folder, databaseUrl }: BenchHouse): Promise<Row[]> {
  await ensureFirstAdmin(ctx, ADMIN);
  await seedApplications(ctx.database, { applications: APPLICATIONS, clusters: CLUSTERS });
  const port = await freePort();
  const web = await startChild({
    name: 'web',
    program: 'lib/launcher/web.ts',
    env: { NODE_ENV: 'production', PORT: String(port), DATABASE_URL: databaseUrl, QUARTERDECK_DATA_DIR: folder },
    log: path.join(folder, 'web.log'),
    readyTimeoutMs: 120_000,
  });
  try {
    const session = await ApiSession.signIn(`http://127.0.0.1:${port}`);
    const cursor = await deepCursor(session);
    return [
      await ask(session, { measure: `list of ${APPLICATIONS}: first page`, path: listPath({}) }),
      await ask(session, { measure: `list of ${APPLICATIONS}: page ${DEEP_PAGES + 1}`, path: listPath({ cursor }) }),
      await ask(session, { measure: `list of ${APPLICATIONS}: by name`, path: listPath({ sort: 'name' }) }),
      await ask(session, { measure: `list of ${APPLICATIONS}: search`, path: listPath({ query: 'cluster-0042' }) }),
    ];
  } finally {
    await web.stop();
  }
}

/** The list through HTTP, session and contract included, from the production web process on loopback. */
export async function measure(): Promise<Row[]> {
  await ensureBuild(root);
  return withHouse(measureOn);
}
