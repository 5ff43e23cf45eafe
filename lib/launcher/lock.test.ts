import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { lockDataDirectory } from './lock.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function folder(holder?: string): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'quarterdeck-lock-'));
  cleanups.push(() => rm(made, { recursive: true, force: true }));
  if (holder !== undefined) await writeFile(path.join(made, 'launcher.pid'), holder);
  return made;
}

/** A process that waits; `words` are part of its command line. */
function waiting(words: string): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)', words], { stdio: 'ignore' });
  cleanups.push(() => child.kill('SIGKILL'));
  return child.pid ?? 0;
}

test('one launcher holds a folder, and lets go of it', async () => {
  const made = await folder();
  const unlock = await lockDataDirectory(made);
  expect(await readFile(path.join(made, 'launcher.pid'), 'utf8')).toBe(String(process.pid));
  await unlock();
  await expect(readFile(path.join(made, 'launcher.pid'))).rejects.toThrow('ENOENT');
});

test('another launcher that runs is named', async () => {
  const pid = waiting('lib/launcher/start.ts');
  await expect(lockDataDirectory(await folder(String(pid)))).rejects.toThrow(`process ${pid}`);
});

test.each([
  ['a dead one', () => '4194304'],
  ['another program that has its number now', () => String(waiting('something-else'))],
  ['nonsense', () => 'nonsense'],
])('what %s left behind is taken over', async (_name, holder) => {
  const unlock = await lockDataDirectory(await folder(holder()));
  await unlock();
});
