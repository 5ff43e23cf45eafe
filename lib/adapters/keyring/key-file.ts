import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { generateKey, keyIdOf, KeyringError } from './keyring.ts';

const fileOf = (directory: string) => path.join(directory, 'encryption.key');
const previousOf = (directory: string) => path.join(directory, 'encryption.key.previous');

async function readKey(file: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (!found) return undefined;
  if ((found.mode & 0o077) !== 0) {
    throw new KeyringError(`${file} can be read by others; run: chmod 600 ${file}`);
  }
  const key = (await readFile(file, 'utf8')).trim();
  keyIdOf(key);
  return key;
}

/** A file that appears whole or not at all; false when another process was first. */
async function writeKey(file: string, key: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${key}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
    return true;
  } catch {
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * The key of `<directory>/encryption.key`, made at the first start with mode 0600, and the one before a rotation that
 * is not finished. Throws KeyringError when others can read the file.
 */
export async function loadKeyFile(directory: string): Promise<{ current: string; previous: string | undefined }> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = fileOf(directory);
  const found = await readKey(file);
  if (found === undefined) await writeKey(file, generateKey());
  const current = found ?? (await readKey(file));
  if (current === undefined) throw new KeyringError(`${file} cannot be made.`);
  return { current, previous: await readKey(previousOf(directory)) };
}

/** Puts a new key in place and keeps the old one beside it until {@link finishKeyFileRotation}. */
export async function beginKeyFileRotation(directory: string): Promise<void> {
  const { previous } = await loadKeyFile(directory);
  // An unfinished rotation goes on with the key it already made.
  if (previous !== undefined) return;
  await rename(fileOf(directory), previousOf(directory));
  await writeKey(fileOf(directory), generateKey());
}

export async function finishKeyFileRotation(directory: string): Promise<void> {
  await rm(previousOf(directory), { force: true });
}
