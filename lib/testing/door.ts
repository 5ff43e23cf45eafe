import { hashPassword } from 'better-auth/crypto';
import type { Role } from '#lib/domain/policy/roles.ts';
import type { RouteHandler } from '#lib/http/handler.ts';
import * as sessionRoute from '../../app/api/v1/session/route.ts';
import { createTestDatabase } from './database.ts';
import { addPerson, createTestHouse } from './house.ts';

export const PASSWORD = 'correct horse battery';

export interface Call {
  method?: string;
  body?: unknown;
  role?: Role | undefined;
  cookie?: string;
  params?: Record<string, string>;
  query?: string;
  headers?: Record<string, string>;
}

export async function json(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

export function cookieOf(response: Response): string {
  const lines = response.headers.getSetCookie();
  return lines.map((line) => line.split(';')[0]).join('; ');
}

/** Route functions on a database of their own, with somebody signed in for each role. One at a time in a process. */
export async function openDoor() {
  const database = await createTestDatabase();
  const house = createTestHouse(database);
  globalThis.quarterdeckHouse = Promise.resolve(house);
  const cookies = new Map<Role, string>();
  const people = new Map<Role, string>();

  const call = async (handler: RouteHandler, given: Call = {}): Promise<Response> => {
    const cookie = given.cookie ?? (given.role ? cookies.get(given.role) : undefined);
    const request = new Request(`http://127.0.0.1:3000/api/v1/test${given.query ?? ''}`, {
      method: given.method ?? 'GET',
      headers: {
        host: '127.0.0.1:3000',
        'content-type': 'application/json',
        ...(cookie === undefined ? {} : { cookie }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    return handler(request, { params: Promise.resolve(given.params ?? {}) });
  };
  const signIn = (email: string, password = PASSWORD) =>
    call(sessionRoute.POST, { method: 'POST', body: { email, password } });

  const passwordHash = await hashPassword(PASSWORD);
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    people.set(role, await addPerson(database, { email: `${role}@example.com`, role, passwordHash }));
    cookies.set(role, cookieOf(await signIn(`${role}@example.com`)));
  }
  return {
    database,
    house,
    call,
    signIn,
    cookies,
    /** Registers something as admin; answers its id. */
    async create(handler: RouteHandler, body: unknown): Promise<string> {
      const response = await call(handler, { method: 'POST', role: 'admin', body });
      if (response.status !== 201) throw new Error(`not created: ${await response.text()}`);
      const { id } = await json(response);
      return typeof id === 'string' ? id : '';
    },
    async close() {
      globalThis.quarterdeckHouse = undefined;
      await house.hub.close();
      await database.drop();
    },
  };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;
