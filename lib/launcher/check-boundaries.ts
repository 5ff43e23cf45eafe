import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runStep, type StepResult } from './run-step.ts';

const PLANTED: Record<string, string> = {
  'lib/domain/planted.ts': "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n",
  'lib/services/planted.ts': "import { other } from '../adapters/other/planted.ts';\nexport const planted = other;\n",
  'lib/adapters/other/planted.ts': 'export const other = 1;\n',
  'components/planted.tsx':
    "import { planted } from '../lib/services/planted.ts';\nexport const Planted = () => planted;\n",
};
const EXPECTED = ['domain-is-pure', 'services-imports', 'components-know-contracts'];

/** The import table is only worth something while the checker sees violations: plants three and expects each. */
export async function checkThatBoundariesAreWatched(root: string): Promise<StepResult> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-boundaries-'));
  try {
    for (const [file, text] of Object.entries(PLANTED)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    }
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "allowImportingTsExtensions": true } }',
    );
    const config = path.join(root, '.dependency-cruiser.cjs');
    const step = await runStep('boundaries are watched', ['depcruise', 'lib', 'components', '--config', config], {
      cwd: folder,
    });
    const missed = EXPECTED.filter((rule) => !step.output.includes(rule));
    return {
      ...step,
      ok: missed.length === 0,
      output:
        missed.length === 0
          ? ''
          : `Planted violations that the checker did not see: ${missed.join(', ')}\n${step.output}`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
