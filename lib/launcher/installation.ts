import { env } from '#lib/config/env.ts';
import { ensureFirstAdmin, type FirstAdmin } from '#lib/services/people/first-admin.ts';
import { SYSTEM_ACTOR } from '#lib/services/context.ts';
import { actAs, openHouse } from '#lib/wiring.ts';
import { demoIsWanted, seedDemo } from './demo.ts';
import type { SandboxFacts } from './sandbox-facts.ts';

export interface Prepared {
  /** A line for the first admin, or null when somebody has an account. */
  firstAdmin: string | null;
  /** Ends what still runs in the background. */
  stop(): Promise<void>;
}

/** The first admin and, on a fresh installation with a sandbox, the demonstration, which goes on in the background. */
export async function prepareInstallation(options: {
  databaseUrl: string;
  origin: string;
  sandbox: SandboxFacts | null;
  say: (line: string) => void;
}): Promise<Prepared> {
  const settings = { ...env(), DATABASE_URL: options.databaseUrl, origin: options.origin };
  const house = await openHouse(settings, 'quarterdeck-launcher');
  const policy = { ...house.policy, allowPlainHttpGit: house.policy.allowPlainHttpGit || options.sandbox !== null };
  const ctx = actAs({ ...house, policy }, SYSTEM_ACTOR, 'launcher');
  const { QUARTERDECK_ADMIN_EMAIL: email, QUARTERDECK_ADMIN_PASSWORD: password } = settings;
  const unattended = email !== undefined && password !== undefined ? { email, password } : undefined;
  const admin = await ensureFirstAdmin(ctx, unattended);
  const abort = new AbortController();
  const wanted = options.sandbox !== null && (await demoIsWanted(ctx));
  const demo =
    wanted && options.sandbox
      ? seedDemo(ctx, options.sandbox, abort.signal).catch((error: unknown) => {
          if (!abort.signal.aborted) options.say(`  The demonstration is incomplete: ${String(error)}`);
        })
      : Promise.resolve();
  return {
    firstAdmin: describe(admin),
    async stop() {
      abort.abort(new Error('stopping'));
      await demo;
      await house.database.close();
    },
  };
}

function describe(admin: FirstAdmin): string | null {
  switch (admin.state) {
    case 'present':
      return null;
    case 'created':
      return `${admin.email} (password from QUARTERDECK_ADMIN_PASSWORD)`;
    case 'invited':
      return `${admin.url}  (once, until ${admin.expiresAt.toISOString().slice(0, 16)}Z)`;
  }
}
