import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '#lib/config/env.ts';
import { logger } from '#lib/observability/logger.ts';
import { onShutdown, reportReady } from '#lib/observability/lifecycle.ts';
import { startSandboxGit } from './git/start-sandbox-git.ts';
import { SAMPLE_ENVIRONMENTS } from './git/samples.ts';
import { startSandboxClusters } from './kubernetes/start.ts';

/** The sandbox as a process of its own: three simulated clusters and a Git server, on loopback, kept in the data folder. */
process.title = 'quarterdeck-sandbox';
const log = logger('sandbox');
const folder = path.join(env().dataDirectory, 'sandbox');
await mkdir(folder, { recursive: true, mode: 0o700 });
const clusters = await startSandboxClusters({
  names: [...SAMPLE_ENVIRONMENTS],
  dataDir: path.join(folder, 'clusters'),
});
const git = await startSandboxGit({ dataDir: path.join(folder, 'git') });
const kubeconfigPath = path.join(folder, 'kubeconfig');
await writeFile(kubeconfigPath, clusters.kubeconfig, { mode: 0o600 });
log.info({ git: git.url, clusters: clusters.clusters.map((cluster) => cluster.server) }, 'sandbox is up');
reportReady({
  kubeconfigPath,
  git: { url: git.url, token: git.token, repositories: git.repositories },
  clusters: clusters.clusters.map(({ name, server, caData, token }) => ({ name, server, caData, token })),
});

onShutdown(async (reason) => {
  log.info({ reason }, 'sandbox stops');
  await Promise.all([clusters.stop(), git.stop()]);
});
