import path from 'node:path';
import { checkThatBoundariesAreWatched } from './check-boundaries.ts';
import { checkDocs } from './check-docs.ts';
import { report, runStep, type StepResult } from './run-step.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Everything that needs no service, two at a time. */
const STEPS: (() => Promise<StepResult>)[] = [
  () => runStep('types', [process.execPath, 'node_modules/typescript7/bin/tsc', '--noEmit']),
  () => runStep('imports', ['depcruise', 'app', 'components', 'lib', 'e2e', '--config', '.dependency-cruiser.cjs']),
  () => runStep('lint', ['oxlint', '--type-aware', '--deny-warnings']),
  () => runStep('format', ['oxfmt', '--check', '.']),
  () => runStep('unused code', ['knip']),
  () => checkThatBoundariesAreWatched(root),
  () => checkDocs(root),
];

const waiting = [...STEPS];
const results: StepResult[] = [];
await Promise.all(
  [0, 1].map(async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await step();
      results.push(result);
      report(result);
    }
  }),
);
const failed = results.filter((result) => !result.ok).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
