import { prismaAdapter } from 'better-auth/adapters/prisma';
import { betterAuth } from 'better-auth/minimal';
import { env } from '#lib/config/env.ts';
import { logger } from '#lib/observability/logger.ts';
import { isRole } from '#lib/domain/policy/roles.ts';
import type { Actor } from '#lib/services/context.ts';
import { type House, webContext } from '#lib/wiring.ts';

const SESSION_DAYS = 7;
const DAY_SECONDS = 86_400;

/** Local accounts with server-side sessions. Nothing of it is reachable but what our own routes call. */
function makeAuth(house: House) {
  const { origin } = env();
  return betterAuth({
    appName: 'Quarterdeck',
    baseURL: origin,
    basePath: '/api/v1/session',
    secret: house.keyring.hash('quarterdeck session cookies'),
    database: prismaAdapter(house.database.prisma, { provider: 'postgresql' }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    session: { expiresIn: SESSION_DAYS * DAY_SECONDS, updateAge: DAY_SECONDS / 24, cookieCache: { enabled: false } },
    user: {
      additionalFields: {
        role: { type: 'string', input: false, required: true, defaultValue: 'viewer' },
        disabledAt: { type: 'date', input: false, required: false },
      },
    },
    // Our own routes check the origin and count attempts; better-auth's checks guard only its own handler.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      useSecureCookies: origin.startsWith('https:'),
      cookiePrefix: 'quarterdeck',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const user = await house.database.prisma.user.findUnique({ where: { id: session.userId } });
            return user !== null && user.disabledAt === null;
          },
        },
      },
    },
  });
}

type Auth = ReturnType<typeof makeAuth>;
const auths = new WeakMap<House, Auth>();

function authOf(house: House): Auth {
  const known = auths.get(house);
  if (known) return known;
  const made = makeAuth(house);
  auths.set(house, made);
  return made;
}

/** Somebody who is not signed in: may nothing that asks for a permission to write. */
export const ANONYMOUS: Actor = { kind: 'user', id: 'anonymous', name: 'Somebody not signed in', role: 'viewer' };

export interface SignedIn {
  actor: Extract<Actor, { kind: 'user' }>;
  email: string;
  sessionId: string;
  /** To be set on the answer: a session slides as it is used. */
  cookies: string[];
}

/**
 * Who is signed in, read from the database each time: role and exclusion hold at once. Null = nobody. `slide` false
 * leaves the session's end where it is, for answers that cannot set a cookie.
 */
export async function readSession(headers: Headers, { slide = true } = {}): Promise<SignedIn | null> {
  if (!(headers.get('cookie') ?? '').includes('quarterdeck.')) return null;
  const house = await webContext();
  const asked = authOf(house).api.getSession({ headers, returnHeaders: true, query: { disableRefresh: !slide } });
  const found = await withReason(house, asked);
  if (!found.response) return null;
  const { user, session } = found.response;
  if (user.disabledAt !== null && user.disabledAt !== undefined) return null;
  if (!isRole(user.role)) return null;
  return {
    actor: { kind: 'user', id: user.id, name: user.name, role: user.role },
    email: user.email,
    sessionId: session.id,
    cookies: found.headers.getSetCookie(),
  };
}

/** Checks e-mail and password and opens a session. Null = wrong, whatever is wrong. */
export async function openSession(
  credentials: { email: string; password: string },
  headers: Headers,
): Promise<{ cookies: string[]; userId: string } | null> {
  const house = await webContext();
  try {
    const signing = authOf(house).api.signInEmail({ body: credentials, headers, returnHeaders: true });
    const signed = await withReason(house, signing);
    return { cookies: signed.headers.getSetCookie(), userId: signed.response.user.id };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** better-auth keeps the reason of a failure to itself: a database that is away says so when it is asked once more. */
async function withReason<Result>(house: House, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!isRefusal(error)) await house.database.prisma.$queryRaw`SELECT 1`;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number') return false;
  logger('sign-in').debug({ status }, 'refused');
  return status >= 400 && status < 500;
}

/** Ends the session on the server; answers the cookies that clear the browser's. */
export async function closeSession(headers: Headers): Promise<string[]> {
  const house = await webContext();
  const closed = await authOf(house).api.signOut({ headers, returnHeaders: true });
  return closed.headers.getSetCookie();
}
