import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const repository = path.resolve(here, '../..');

/** The version of Kubernetes in go.mod, as the server reports it. */
export const KUBERNETES_VERSION = 'v1.36.3';

/** One program and the words that come before its flags. */
export interface Program {
  file: string;
  args: string[];
}

/** What a control plane is made of; the last three are null when only an API server is at hand. */
export interface Programs {
  etcd: Program;
  apiserver: Program;
  controllerManager: Program | null;
  scheduler: Program | null;
  kwok: Program | null;
}

export type Availability = { ok: true } | { ok: false; reason: string };

const LDFLAGS = [
  '-s -w',
  `-X k8s.io/component-base/version.gitVersion=${KUBERNETES_VERSION}`,
  '-X k8s.io/component-base/version.gitMajor=1',
  '-X k8s.io/component-base/version.gitMinor=36',
].join(' ');

function cacheDirectory(): string {
  const configured = process.env['QUARTERDECK_CACHE_DIR'];
  return configured ? path.resolve(configured, 'controlplane') : path.join(repository, '.quarterdeck', 'controlplane');
}

async function hasGo(): Promise<boolean> {
  try {
    await run('go', ['version']);
    return true;
  } catch {
    return false;
  }
}

/** etcd and kube-apiserver by envtest's convention, or null when KUBEBUILDER_ASSETS does not name them. */
function assets(): { etcd: string; apiserver: string; folder: string } | null {
  const folder = process.env['KUBEBUILDER_ASSETS'];
  if (!folder) return null;
  const etcd = path.join(folder, 'etcd');
  const apiserver = path.join(folder, 'kube-apiserver');
  return existsSync(etcd) && existsSync(apiserver) ? { etcd, apiserver, folder } : null;
}

/**
 * Whether a real control plane can be started here. When CI is set an absent one is an error, never a skip.
 */
export async function controlPlaneAvailable(): Promise<Availability> {
  if (assets() !== null || (await hasGo())) return { ok: true };
  const reason =
    'no real control plane: install Go 1.26 or newer, or set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver';
  if (process.env['CI']) throw new Error(`${reason} (required because CI is set)`);
  return { ok: false, reason };
}

async function sourceHash(module: string): Promise<string> {
  const hash = createHash('sha256').update(LDFLAGS);
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(await readFile(path.join(module, file)));
  return hash.digest('hex').slice(0, 16);
}

const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** One build of a program at a time on this machine; a lock of a dead process is taken over. */
async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    } catch {
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      if (holder > 0 && !(await isAlive(holder))) await rm(file, { force: true });
      else await pause(500);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Builds one Go module into the cache unless the same sources were built before; answers the program's path. */
async function build(name: string, module: string): Promise<string> {
  const folder = cacheDirectory();
  await mkdir(folder, { recursive: true });
  const target = path.join(folder, `${name}-${await sourceHash(module)}`);
  if (existsSync(target)) return target;
  return withLock(path.join(folder, `${name}.lock`), async () => {
    if (existsSync(target)) return target;
    const unfinished = `${target}.${process.pid}`;
    const args = ['build', '-trimpath', '-buildvcs=false', '-ldflags', LDFLAGS, '-o', unfinished, '.'];
    try {
      await run('nice', ['-n', '10', 'go', ...args], { cwd: module, maxBuffer: 16 << 20 });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new Error(`Building ${name} in ${path.relative(repository, module)} failed: ${detail}`, { cause: error });
    }
    await rename(unfinished, target);
    return target;
  });
}

/** The programs of a control plane, built on first use (about three minutes, seconds afterwards). */
export async function preparePrograms(): Promise<Programs> {
  const given = assets();
  const go = await hasGo();
  if (!go && given === null) throw new Error('Neither Go nor KUBEBUILDER_ASSETS: see e2e/controlplane/README.md');
  if (given !== null && !go) {
    const beside = (file: string): Program | null => {
      const full = path.join(given.folder, file);
      return existsSync(full) ? { file: full, args: [] } : null;
    };
    return {
      etcd: { file: given.etcd, args: [] },
      apiserver: { file: given.apiserver, args: [] },
      controllerManager: beside('kube-controller-manager'),
      scheduler: beside('kube-scheduler'),
      kwok: null,
    };
  }
  const controlplane = await build('controlplane', here);
  const kwok = await build('kwok', path.join(here, 'kwok'));
  const component = (name: string): Program => ({ file: controlplane, args: [name] });
  return {
    etcd: given ? { file: given.etcd, args: [] } : component('etcd'),
    apiserver: given ? { file: given.apiserver, args: [] } : component('apiserver'),
    controllerManager: component('controller-manager'),
    scheduler: component('scheduler'),
    kwok: { file: kwok, args: [] },
  };
}
