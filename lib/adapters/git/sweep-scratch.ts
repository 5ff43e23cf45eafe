import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A checkout may be in use for long; a key file never outlives one command. */
const CHECKOUT_MS = 6 * 60 * 60 * 1000;
const OTHER_MS = 15 * 60 * 1000;

/** Removes what a killed process left in the scratch folder: checkouts of dead processes, key files, half-built mirrors. */
export async function sweepScratch(scratch: string, now: number): Promise<void> {
  for (const name of await readdir(scratch).catch(() => [])) {
    const path = join(scratch, name);
    const entry = await stat(path).catch(() => null);
    if (entry !== null && isAbandoned(name, now - entry.mtimeMs)) await rm(path, { recursive: true, force: true });
  }
}

function isAbandoned(name: string, ageMs: number): boolean {
  const owner = /^checkout-(\d+)-/.exec(name)?.[1];
  if (owner === undefined) return ageMs > OTHER_MS;
  const alive = Number(owner) !== process.pid && isAlive(Number(owner));
  return alive ? false : ageMs > CHECKOUT_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
