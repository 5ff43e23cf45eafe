import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { addressOf } from '#lib/client/api.ts';
import { signInPath } from '#lib/client/sign-in-path.ts';
import { type Asked, keyOf } from '#lib/client/ask.ts';
import type { Snapshot } from '#lib/client/snapshot.ts';
import type { SessionView } from '#lib/contracts/session.ts';
import { DOORS } from './doors.ts';

/** Never resolved: only path and query are read. */
const ORIGIN = 'http://console.invalid';

/** Asks a door of the API as the person whose page is rendered. Null = refused or failed; `status` says how. */
export async function serverQuery(asked: Asked): Promise<{ status: number; data: unknown }> {
  const open = DOORS[asked.route];
  if (open === undefined) throw new Error(`pages do not ask ${asked.route}`);
  const incoming = await headers();
  const door = await open();
  const request = new Request(new URL(addressOf(asked.route, asked), ORIGIN), {
    headers: { cookie: incoming.get('cookie') ?? '' },
  });
  const response = await door(request, { params: Promise.resolve({ ...asked.params }) });
  return { status: response.status, data: response.ok ? await response.json() : null };
}

/** Who is signed in; everybody else is sent to the sign-in page, and from there to the page they wanted. */
export const requireSession = cache(async (): Promise<SessionView> => {
  const { data } = await serverQuery({ route: 'getSession', params: {}, query: {} });
  if (data === null) redirect(signInPath((await headers()).get('x-page') ?? '/'));
  // The door has shaped it with the same contract.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return data as SessionView;
});

type Prefetched = { meta?: Record<string, unknown> | undefined };

function askedOf(options: Prefetched): Asked {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by lib/client/ask.ts only
  return options.meta?.['asked'] as Asked;
}

/**
 * Reads the data of the first page. What fails is left for the browser to ask again and show.
 * `main` names the question without which there is no page: a missing one becomes the not-found page.
 */
export async function prefetch(options: {
  main?: Prefetched;
  others?: readonly Prefetched[];
  lists?: readonly Prefetched[];
}): Promise<Snapshot> {
  await requireSession();
  const read = async (each: Prefetched, shape: (data: unknown) => unknown): Promise<Snapshot> => {
    const asked = askedOf(each);
    const { status, data } = await serverQuery(asked);
    if (status === 404 && each === options.main) notFound();
    return data === null ? [] : [{ key: keyOf(asked), data: shape(data) }];
  };
  const plain = [...(options.main === undefined ? [] : [options.main]), ...(options.others ?? [])];
  const answers = await Promise.all([
    ...plain.map((each) => read(each, (data) => data)),
    ...(options.lists ?? []).map((each) => read(each, (data) => ({ pages: [data], pageParams: [null] }))),
  ]);
  return answers.flat();
}
