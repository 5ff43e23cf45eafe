import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitSource } from '#lib/adapters/git/git-source.ts';
import { type RepositoryEndpoint, SourceError, type SourcePort } from '#lib/ports/source.ts';
import { type SandboxGit, startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';

/** A Git server on loopback and the adapter that reads it, in one temporary folder. */
export class GitStage {
  readonly folder: string;
  readonly git: SandboxGit;
  #count = 0;

  private constructor(folder: string, git: SandboxGit) {
    this.folder = folder;
    this.git = git;
  }

  static async open(): Promise<GitStage> {
    const folder = await mkdtemp(join(tmpdir(), 'git-source-'));
    return new GitStage(folder, await startSandboxGit({ dataDir: join(folder, 'server') }));
  }

  async close(): Promise<void> {
    await this.git.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** An adapter with mirrors of its own below the folder. */
  source(mirrors: string, extra: Partial<Parameters<typeof createGitSource>[0]> = {}): SourcePort {
    return createGitSource({
      mirrorsDirectory: join(this.folder, mirrors),
      allowFileUrls: true,
      allowPlainHttp: true,
      timeoutMs: 20_000,
      ...extra,
    });
  }

  /** A repository of its own on the server, with one commit. */
  async repository(
    files: Record<string, string> = { 'a.yaml': 'a: 1\n' },
  ): Promise<{ name: string; endpoint: RepositoryEndpoint; first: string }> {
    this.#count += 1;
    const name = `repository-${this.#count}`;
    const url = await this.git.createRepository(name);
    const { after } = await this.git.pushCommit({ repository: name, subject: 'first', files });
    return { name, endpoint: this.withToken(name, url), first: after };
  }

  withToken(id: string, url: string, token = this.git.token): RepositoryEndpoint {
    return { id, url, credential: { kind: 'https-token', username: 'anyone', token } };
  }

  /** Where the server keeps a repository. */
  serverFolder(name: string): string {
    return join(this.folder, 'server', `${name}.git`);
  }
}

/** The SourceError that the work ends with; anything else is thrown. */
export async function sourceFailure(work: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await work.then(
    () => new Error('expected a failure'),
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw error;
}
