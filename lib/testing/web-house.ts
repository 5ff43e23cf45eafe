import { randomUUID } from 'node:crypto';
import { createKeyring, generateKey } from '#lib/adapters/keyring/keyring.ts';
import { parseEnv } from '#lib/config/env.ts';
import type { Database } from '#lib/database/client.ts';
import { insertUser } from '#lib/database/people.ts';
import type { Role } from '#lib/domain/policy/roles.ts';
import { systemClock } from '#lib/ports/clock.ts';
import type { Actor } from '#lib/services/context.ts';
import { actAs, policyOf, type WebContext, type WebHouse, webParts } from '#lib/wiring.ts';

/** The web process's house on a test database, with a keyring of its own. */
export function createTestHouse(database: Database): WebHouse {
  const settings = parseEnv({ DATABASE_URL: database.url, NODE_ENV: 'test', QUARTERDECK_LOG_LEVEL: 'silent' });
  return {
    database,
    clock: systemClock,
    keyring: createKeyring({ current: generateKey(), hashingSecret: generateKey() }),
    policy: policyOf(settings),
    ...webParts(settings),
  };
}

/** A context of somebody with this role; the person is not in the database. */
export function contextOf(house: WebHouse, role: Role): WebContext {
  const actor: Actor = { kind: 'user', id: `test-${role}`, name: `Test ${role}`, role };
  return actAs(house, actor, `test-${randomUUID()}`);
}

/** A person with an account, for sign-in. `passwordHash` as better-auth makes it. */
export async function addPerson(
  database: Database,
  person: { email: string; role: Role; passwordHash?: string },
): Promise<string> {
  const id = randomUUID();
  await insertUser(database.prisma, {
    id,
    accountId: randomUUID(),
    name: person.email.split('@')[0] ?? person.email,
    email: person.email,
    role: person.role,
    passwordHash: person.passwordHash ?? 'none',
    at: new Date(),
  });
  return id;
}

/** Every row of every table as one text, ciphertexts and hashes too: what a leak would be found in. */
export async function dumpDatabase(database: Database): Promise<string> {
  const tables = await database.prisma.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.prisma.$queryRawUnsafe<{ text: string }[]>(`SELECT t::text AS text FROM ${name} AS t`);
    texts.push(...rows.map((row) => row.text));
  }
  return texts.join('\n');
}
