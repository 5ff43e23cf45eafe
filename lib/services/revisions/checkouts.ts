import type { RepositoryEndpoint, SourcePort } from '#lib/ports/source.ts';
import { CHECKOUT_LIMITS } from './limits.ts';

/** A tree is kept this long after its last use: the renders of one commit come one after the other. */
const IDLE_MS = 5_000;

interface Shared {
  tree: Promise<{ directory: string; dispose(): Promise<void> }>;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

const sharedBySource = new WeakMap<SourcePort, Map<string, Shared>>();

/** Runs the work on the tree of a commit; applications of one repository share one checkout, which nobody writes to. */
export async function withCheckout<Result>(
  source: SourcePort,
  { endpoint, sha }: { endpoint: RepositoryEndpoint; sha: string },
  work: (directory: string) => Promise<Result>,
): Promise<Result> {
  const all = sharedBySource.get(source) ?? new Map<string, Shared>();
  sharedBySource.set(source, all);
  const name = `${endpoint.id} ${sha}`;
  const shared = all.get(name) ?? { tree: source.checkout(endpoint, sha, CHECKOUT_LIMITS), users: 0, timer: undefined };
  all.set(name, shared);
  shared.users += 1;
  clearTimeout(shared.timer);
  try {
    const { directory } = await shared.tree;
    return await work(directory);
  } catch (error) {
    const failed = await shared.tree.then(
      () => false,
      () => true,
    );
    if (failed && all.get(name) === shared) all.delete(name);
    throw error;
  } finally {
    shared.users -= 1;
    if (shared.users === 0 && all.get(name) === shared) {
      shared.timer = setTimeout(() => void release(all, name), IDLE_MS);
      shared.timer.unref();
    }
  }
}

/** Removes every idle checkout; for the end of a process and of a test. */
export async function releaseCheckouts(source: SourcePort): Promise<void> {
  const all = sharedBySource.get(source);
  if (all) await Promise.allSettled([...all.keys()].map((name) => release(all, name)));
}

async function release(all: Map<string, Shared>, name: string): Promise<void> {
  const shared = all.get(name);
  if (!shared || shared.users > 0) return;
  clearTimeout(shared.timer);
  all.delete(name);
  await (await shared.tree).dispose();
}
