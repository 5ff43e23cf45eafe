import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureBuild } from './build.ts';
import { report, runStep, type StepResult } from './run-step.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Outcome extends Tally {
  /** Names of the tests that failed. */
  failures: string[];
}

const root = path.resolve(import.meta.dirname, '../..');
const total: Tally = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const say = (line: string) => void process.stdout.write(`${line}\n`);

function add(tally: Tally): void {
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}

/** A step that is one test by itself. */
function count(result: StepResult): void {
  report(result);
  if (!result.ok) failures.push(result.name);
  add({ passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, skipped: 0 });
}

/** A runner that ended badly without a failed test (a crash, an unhandled error) still counts as one. */
function countRunner(result: StepResult, outcome: Outcome | null): void {
  const known = outcome ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
  const failed = result.ok ? known.failed : Math.max(1, known.failed);
  failures.push(...known.failures.map((name) => `${result.name}: ${name}`));
  if (failed > known.failed) failures.push(`${result.name}: ended badly without a failed test; its words are above`);
  report(result);
  say(`  ${known.passed} passed, ${failed} failed, ${known.skipped} skipped`);
  add({ passed: known.passed, failed, skipped: known.skipped });
}

async function readNumbers(file: string, pick: (json: Record<string, unknown>) => Outcome): Promise<Outcome | null> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? pick({ ...parsed }) : null;
  } catch {
    return null;
  }
}

/** Every object inside a runner's report, however deep it puts its tests. */
function objectsWithin(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(objectsWithin);
  return Array.isArray(value) ? below : [{ ...value }, ...below];
}

async function vitest(project: string, scratch: string): Promise<void> {
  const file = path.join(scratch, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const result = await runStep(`tests: ${project}`, ['vitest', 'run', '--project', project, ...reporters], {
    echo: true,
  });
  const tally = await readNumbers(file, (json) => ({
    passed: Number(json['numPassedTests'] ?? 0),
    failed: Number(json['numFailedTests'] ?? 0),
    skipped: Number(json['numPendingTests'] ?? 0) + Number(json['numTodoTests'] ?? 0),
    failures: objectsWithin(json)
      .filter(({ status, fullName }) => status === 'failed' && fullName !== undefined)
      .map(({ fullName }) => String(fullName)),
  }));
  countRunner({ ...result, output: '' }, tally);
}

async function playwright(scratch: string): Promise<void> {
  const file = path.join(scratch, 'playwright.json');
  const result = await runStep('tests: browser', ['playwright', 'test', '--config', 'e2e/playwright.config.ts'], {
    echo: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  const tally = await readNumbers(file, (json) => {
    const stats: Record<string, unknown> = { ...(typeof json['stats'] === 'object' ? json['stats'] : {}) };
    return {
      passed: Number(stats['expected'] ?? 0) + Number(stats['flaky'] ?? 0),
      failed: Number(stats['unexpected'] ?? 0),
      skipped: Number(stats['skipped'] ?? 0),
      failures: objectsWithin(json)
        .filter(({ ok, title, file }) => ok === false && title !== undefined && file !== undefined)
        .map(({ title, file }) => `${String(file)}: ${String(title)}`),
    };
  });
  countRunner({ ...result, output: '' }, tally);
}

const scratch = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-results-'));
const wanted = new Set(process.argv.slice(2));
const wants = (step: string) => wanted.size === 0 || wanted.has(step);
try {
  if (wants('check')) count(await runStep('check', [process.execPath, 'lib/launcher/check.ts']));
  for (const project of ['unit', 'db', 'contract', 'engine']) if (wants(project)) await vitest(project, scratch);
  if (wants('browser') || wants('faults')) {
    const begun = performance.now();
    const built = await ensureBuild(root, { say }).then(
      () => ({ ok: true, output: '' }),
      (error: unknown) => ({ ok: false, output: String(error) }),
    );
    count({ name: 'build', seconds: (performance.now() - begun) / 1000, ...built });
    if (built.ok && wants('faults')) await vitest('faults', scratch);
    if (built.ok && wants('browser')) await playwright(scratch);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
if (failures.length > 0) say(`\nFailed:\n${failures.map((name) => `  ✗ ${name}`).join('\n')}`);
say(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
