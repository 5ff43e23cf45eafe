import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureTools } from '#lib/adapters/render/tools.ts';
import { runGit } from '#lib/sandbox/git/run-git.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';
import { type ControlPlane, startControlPlane } from './controlplane/control-plane.ts';

const run = promisify(execFile);

/** A real control plane, a Git server with one repository, and kubectl, all of one test file. */
export interface RealWorld {
  plane: ControlPlane;
  git: SandboxGit;
  repository: string;
  /** Unique per run; part of every name a test registers. */
  suffix: string;
  push(subject: string, files: Record<string, string | null>): Promise<{ after: string }>;
  kubectl(...args: string[]): Promise<string>;
  /** What `git show` says on the server: a file, or a commit in a format. */
  show(object: string, format?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startRealWorld(): Promise<RealWorld> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-real-'));
  const [plane, git, tools] = await Promise.all([
    startControlPlane({ name: 'real' }),
    startSandboxGit({ dataDir: path.join(folder, 'git') }),
    ensureTools(path.join(folder, 'tools')),
  ]);
  const suffix = Date.now().toString(36);
  const repository = `real-${suffix}`;
  const bare = path.join(folder, 'git', `${repository}.git`);
  await git.createRepository(repository);
  return {
    plane,
    git,
    repository,
    suffix,
    push: (subject, files) => git.pushCommit({ repository, subject, files }),
    kubectl: async (...args) => (await run(tools.kubectl, ['--kubeconfig', plane.kubeconfigPath, ...args])).stdout,
    show: (object, format) =>
      runGit(bare, format === undefined ? ['show', object] : ['show', '--no-patch', `--format=${format}`, object]),
    async stop() {
      await Promise.all([plane.stop(), git.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
