import { countMigrations, expectedMigrations, findSetting, queueAnswers } from '#lib/database/installation.ts';
import type { Context } from '../context.ts';

/** A worker writes its heartbeat every few seconds; older than this, none runs. */
const HEARTBEAT_LIMIT_MS = 30_000;
const CHECK_LIMIT_MS = 3_000;

export interface Readiness {
  ready: boolean;
  checks: { name: 'database' | 'migrations' | 'queue' | 'worker'; ok: boolean; message: string }[];
}

type House = Pick<Context, 'database' | 'clock'>;

/** What is up and what is not, each named. Asks no permission: it tells nothing of anybody's. Never throws. */
export async function readReadiness(open: () => Promise<House>): Promise<Readiness> {
  const checks: Readiness['checks'] = [];
  const check = async (name: Readiness['checks'][number]['name'], work: (house: House) => Promise<string | null>) => {
    const problem = await within(CHECK_LIMIT_MS, async () => work(await open()));
    checks.push({ name, ok: problem === null, message: problem ?? 'ok' });
  };
  await check('database', async ({ database }) => {
    await database.prisma.$queryRaw`SELECT 1`;
    return null;
  });
  if (checks[0]?.ok === true) {
    await Promise.all([
      check('migrations', async ({ database }) => {
        const [done, expected] = await Promise.all([countMigrations(database.prisma), expectedMigrations()]);
        return done >= expected ? null : `${expected - done} of ${expected} migrations are missing`;
      }),
      check('queue', async ({ database }) =>
        (await queueAnswers(database.prisma)) ? null : 'the job queue is not prepared',
      ),
      check('worker', (house) => workerProblem(house)),
    ]);
  }
  return { ready: checks.length === 4 && checks.every(({ ok }) => ok), checks };
}

async function workerProblem({ database, clock }: House): Promise<string | null> {
  const beat = await findSetting(database.prisma, 'worker-heartbeat');
  const at = beat !== null && typeof beat === 'object' && !Array.isArray(beat) ? beat['at'] : undefined;
  const age = clock.now().getTime() - Date.parse(typeof at === 'string' ? at : '');
  if (Number.isNaN(age)) return 'no worker has started yet';
  return age <= HEARTBEAT_LIMIT_MS ? null : `no worker was heard of for ${Math.round(age / 1_000)} s`;
}

const AWAY = 'does not answer; is it running, and is DATABASE_URL right?';

/** Whether no connection came about at all, as Prisma's driver says it: in a cause of a cause. */
function isAway(error: unknown): boolean {
  return /ECONNREFUSED|ECONNRESET|ENOTFOUND|DatabaseNotReachable|ConnectionClosed|57P0[13]/.test(JSON.stringify(error));
}

/** Null, what the work says, or that it failed; messages of drivers stay here, they may name hosts and users. */
async function within(limitMs: number, work: () => Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${limitMs} ms`), limitMs);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    return isAway(error) ? AWAY : `failed (${error instanceof Error ? error.name : 'unknown'})`;
  } finally {
    clearTimeout(timer);
  }
}
