import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runGit } from './run-git.ts';

export interface SandboxCommit {
  repository: string;
  /** Default `main`; created from main when absent. */
  branch?: string;
  subject: string;
  /** Path → new text, or null to delete. */
  files: Record<string, string | null>;
  /** Path → where a symbolic link at it leads. */
  links?: Record<string, string>;
  author?: { name: string; email: string };
  /** Rewrites the branch onto this parent instead of its head: a force push. */
  parent?: string;
}

/** Commits files to a branch of a bare repository with a temporary index. Answers the moved ref. */
export async function commitFiles(
  directory: string,
  commit: SandboxCommit,
): Promise<{ ref: string; before: string; after: string }> {
  const ref = `refs/heads/${commit.branch ?? 'main'}`;
  const before = await headOf(directory, ref);
  const parent = commit.parent ?? before ?? (await headOf(directory, 'refs/heads/main'));
  const folder = await mkdtemp(join(tmpdir(), 'quarterdeck-sandbox-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    if (parent !== null) await runGit(directory, ['read-tree', parent], { env });
    const lines: string[] = [];
    const entry = async (mode: string, path: string, text: string): Promise<string> =>
      `${mode} ${(await runGit(directory, ['hash-object', '-w', '--stdin'], { input: text })).trim()}\t${path}\0`;
    for (const [path, text] of Object.entries(commit.files))
      lines.push(text === null ? `0 ${'0'.repeat(40)}\t${path}\0` : await entry('100644', path, text));
    for (const [path, target] of Object.entries(commit.links ?? {})) lines.push(await entry('120000', path, target));
    await runGit(directory, ['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    const tree = (await runGit(directory, ['write-tree'], { env })).trim();
    const { name, email } = commit.author ?? { name: 'Mara Lindqvist', email: 'mara@shop.example' };
    const people = {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    };
    const parents = parent === null ? [] : ['-p', parent];
    const made = await runGit(directory, ['commit-tree', tree, ...parents, '-F', '-'], {
      input: `${commit.subject}\n`,
      env: people,
    });
    const after = made.trim();
    await runGit(directory, ['update-ref', ref, after]);
    return { ref, before: before ?? '0'.repeat(40), after };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function headOf(directory: string, ref: string): Promise<string | null> {
  const stdout = await runGit(directory, ['for-each-ref', '--format=%(objectname)', ref]);
  return stdout.trim() === '' ? null : stdout.trim();
}
