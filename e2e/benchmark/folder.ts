import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A data folder of its own, which the embedded Postgres's own user may enter; removed afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = path.join(os.tmpdir(), `quarterdeck-bench-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o755 });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
