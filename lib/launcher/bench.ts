import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Row } from '../../e2e/benchmark/row.ts';

const root = path.resolve(import.meta.dirname, '../..');
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** In the order of the table; a measure that fails says why and the next one goes on. */
const MEASURES: Record<string, () => Promise<{ measure(): Promise<Row[]> }>> = {
  render: () => import('../../e2e/benchmark/render.ts'),
  diff: () => import('../../e2e/benchmark/diff.ts'),
  memory: () => import('../../e2e/benchmark/memory.ts'),
  list: () => import('../../e2e/benchmark/list.ts'),
  product: () => import('../../e2e/benchmark/product.ts'),
};

function numberOf(value: number | null): string {
  if (value === null) return '';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function print(rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    row.measure,
    numberOf(row.value),
    numberOf(row.p95),
    row.unit,
    String(row.count),
    row.note,
  ]);
  const lines = [['measure', 'median', 'p95', 'unit', 'n', ''], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  for (const line of lines) {
    const padded = line.map((cell, at) =>
      at >= 1 && at <= 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
    );
    say(padded.join('  ').trimEnd());
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  process.stderr.write(`There is no measure ${unknown.join(', ')}; there are: ${Object.keys(MEASURES).join(', ')}.\n`);
  process.exit(1);
}
const startedAt = new Date().toISOString();
const rows: Row[] = [];
const failures: { measure: string; error: string }[] = [];
for (const [name, load] of Object.entries(MEASURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  say(`Measuring ${name} …`);
  try {
    rows.push(...(await (await load()).measure()));
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    failures.push({ measure: name, error: words });
    say(`  ${name} failed: ${words}`);
  }
}
say('');
print(rows);
const folder = path.join(root, 'e2e/benchmark/results');
await mkdir(folder, { recursive: true });
const file = path.join(folder, `${startedAt.replaceAll(':', '-')}.json`);
await writeFile(file, `${JSON.stringify({ startedAt, node: process.version, rows, failures }, null, 2)}\n`);
say(`\nKept in ${path.relative(root, file)}.`);
process.exitCode = failures.length > 0 ? 1 : 0;
