import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Whether the process runs and is one of ours: after a restart of the machine another may have its number. */
async function isLauncher(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command === null || command.includes('lib/launcher/');
}

/** One launcher per data folder. Throws when another one runs; a lock left by a dead one is taken over. */
export async function lockDataDirectory(directory: string): Promise<() => Promise<void>> {
  const file = path.join(directory, 'launcher.pid');
  const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
  if (holder > 0 && holder !== process.pid && (await isLauncher(holder))) {
    throw new Error(
      `Quarterdeck already runs on ${directory} (process ${holder}). Stop it, or set QUARTERDECK_DATA_DIR to another folder.`,
    );
  }
  await writeFile(file, String(process.pid), { mode: 0o600 });
  return () => rm(file, { force: true });
}
