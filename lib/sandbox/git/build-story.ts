import { mkdir, rename, rm } from 'node:fs/promises';

import { runGit } from './run-git.ts';
import { PEOPLE, type Story, type StoryCommit } from './stories/story.ts';

/** Builds a bare repository from a story in one `git fast-import`; the same story always gives the same SHAs. */
export async function buildStory(directory: string, story: Story): Promise<void> {
  const fresh = `${directory}.building`;
  await rm(fresh, { recursive: true, force: true });
  await createBare(fresh);
  await runGit(fresh, ['fast-import', '--quiet', '--date-format=raw'], { input: fastImportOf(story) });
  await rename(fresh, directory);
}

/** An empty bare repository that takes pushes over HTTP. */
export async function createBare(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await runGit(directory, ['init', '--bare', '--quiet', '--initial-branch=main', '--template=']);
  await runGit(directory, ['config', 'http.receivepack', 'true']);
  await runGit(directory, ['config', 'uploadpack.allowAnySHA1InWant', 'false']);
}

/** SHA of each labelled commit: the oldest commits of main are the story, in order. */
export async function readLabels(directory: string, story: Story): Promise<Record<string, string>> {
  const stdout = await runGit(directory, ['rev-list', '--reverse', '--first-parent', 'main']);
  const shas = stdout.split('\n').filter((line) => line !== '');
  return Object.fromEntries(story.commits.flatMap(({ label }, index) => [[label, shas[index] ?? '']]));
}

function fastImportOf(story: Story): string {
  const commits = story.commits.map((commit, index) => commitBlock(commit, index));
  const tags = story.commits.flatMap((commit, index) => (commit.tag === undefined ? [] : [tagBlock(commit, index)]));
  return [...commits, ...tags].join('');
}

function commitBlock(commit: StoryCommit, index: number): string {
  const message = commit.body === undefined ? `${commit.subject}\n` : `${commit.subject}\n\n${commit.body}\n`;
  const files = Object.entries(commit.files).map(([path, text]) =>
    text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${dataBlock(text)}`,
  );
  const head = ['commit refs/heads/main', `mark :${index + 1}`, `author ${stampOf(commit)}`];
  const lines = [...head, `committer ${stampOf(commit)}`].join('\n');
  const from = index === 0 ? '' : `from :${index}\n`;
  return `${lines}\n${dataBlock(message)}${from}${files.join('')}`;
}

function tagBlock(commit: StoryCommit, index: number): string {
  const lines = [`tag ${commit.tag ?? ''}`, `from :${index + 1}`, `tagger ${stampOf(commit)}`];
  return `${lines.join('\n')}\n${dataBlock(`${commit.tag ?? ''}\n`)}`;
}

function stampOf(commit: StoryCommit): string {
  const { name, email } = PEOPLE[commit.author];
  return `${name} <${email}> ${Math.floor(Date.parse(commit.date) / 1000)} +0000`;
}

function dataBlock(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
