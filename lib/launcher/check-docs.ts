import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StepResult } from './run-step.ts';

const ROOMS_WITHOUT_README = new Set(['generated']);
const LONGEST_ROOM_README = 40;
const SKIPPED = new Set(['node_modules', '.git', '.next', '.quarterdeck', 'generated', 'test-results']);
/** `lib/x.ts`, `app/api/…`, `e2e/…` in backticks or links: paths of this project. */
const PATH = /(?:`|\]\()\.?\/?((?:app|components|lib|prisma|public|e2e)\/[\w./[\]()-]+?)(?:`|\)|#)/g;

async function markdownFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(file);
      return entry.name.endsWith('.md') ? [file] : [];
    }),
  );
  return found.flat();
}

async function deadPaths(root: string, file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  const cited = [...text.matchAll(PATH)].map((match) => match[1] ?? '');
  return cited
    .filter((cite) => !/[<>*{}…]/.test(cite) && !existsSync(path.join(root, cite)))
    .map((cite) => `${path.relative(root, file)} cites ${cite}, which does not exist`);
}

async function roomProblems(root: string): Promise<string[]> {
  const rooms = (await readdir(path.join(root, 'lib'), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const problems = await Promise.all(
    rooms.map(async ({ name }) => {
      if (ROOMS_WITHOUT_README.has(name)) return [];
      const file = path.join(root, 'lib', name, 'README.md');
      if (!existsSync(file)) return [`lib/${name} has no README.md`];
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').length;
      return lines > LONGEST_ROOM_README
        ? [`lib/${name}/README.md has ${lines} lines, ${LONGEST_ROOM_README} at most`]
        : [];
    }),
  );
  return problems.flat();
}

/** Documents cite only paths that exist, and every room of lib has a short README. */
export async function checkDocs(root: string): Promise<StepResult> {
  const begun = performance.now();
  const files = await markdownFiles(root);
  const problems = [
    ...(await Promise.all(files.map((file) => deadPaths(root, file)))).flat(),
    ...(await roomProblems(root)),
  ];
  return {
    name: 'documents',
    ok: problems.length === 0,
    output: problems.join('\n'),
    seconds: (performance.now() - begun) / 1000,
  };
}
