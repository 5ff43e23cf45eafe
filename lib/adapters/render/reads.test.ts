import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { RenderResult } from '#lib/ports/renderer.ts';
import { SAMPLE_APPLICATIONS, type SampleApplication } from '#lib/sandbox/git/samples.ts';
import { startSandboxGit } from '#lib/sandbox/git/start-sandbox-git.ts';

import { createRenderer } from './renderer.ts';

const renderer = createRenderer({ toolsDirectory: join(tmpdir(), 'quarterdeck-tools') });
const LIMITS = { timeoutMs: 20_000, maxBytes: 1_000_000, maxObjects: 100, maxFiles: 100 };

let folder: string;
let revisions: Record<string, Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reads-'));
  const git = await startSandboxGit({ dataDir: join(folder, 'server') });
  revisions = Object.fromEntries(git.repositories.map(({ name, revisions: labels }) => [name, labels]));
  await git.stop();
  for (const name of ['storefront', 'platform']) {
    await promisify(execFile)('git', ['clone', '-q', join(folder, 'server', `${name}.git`), join(folder, name)]);
    await rm(join(folder, name, '.git'), { recursive: true });
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function render(root: string, application: SampleApplication): Promise<RenderResult> {
  return renderer.render({
    root,
    path: application.path,
    options: application.tool === 'helm' ? { helm: { valueFiles: application.valueFiles } } : {},
    namespace: application.namespace,
    applicationName: application.name,
    limits: LIMITS,
  });
}

async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const covers = (reads: string[], file: string): boolean =>
  reads.some((path) => path === '.' || path === file || file.startsWith(`${path}/`));

/** What a render answers, or how it fails: either way an outcome that must not depend on files outside `reads`. */
async function outcome(root: string, application: SampleApplication): Promise<string> {
  return render(root, application).then(
    ({ objects, reads }) => JSON.stringify({ objects, reads }),
    (error: unknown) => String(error),
  );
}

describe('the sample applications', () => {
  it.each(SAMPLE_APPLICATIONS.map((application) => [application.name, application] as const))(
    '%s renders with the tool it is for',
    async (_name, application) => {
      const result = await render(join(folder, application.repository), application);
      expect(result.tool).toBe(application.tool);
      expect(result.objects.map(({ kind }) => kind)).toContain('Deployment');
      expect(result.warnings).toEqual([]);
      const broken = JSON.stringify(result.objects).includes('-broken');
      expect(broken).toBe(application.state.kind === 'failing');
    },
  );

  it('render at the revision a pending or failing one came from, without the broken image', async () => {
    for (const application of SAMPLE_APPLICATIONS) {
      const { state, repository } = application;
      const label = state.kind === 'pending' ? state.syncedAt : state.kind === 'failing' ? state.lastGood : null;
      if (label === null) continue;
      const target = join(folder, `at-${label}`);
      await promisify(execFile)('git', ['clone', '-q', join(folder, 'server', `${repository}.git`), target]);
      await promisify(execFile)('git', ['-C', target, 'checkout', '-q', revisions[repository]?.[label] ?? '']);
      const earlier = await render(target, application);
      const head = await render(join(folder, repository), application);
      expect(JSON.stringify(earlier.objects)).not.toContain('-broken');
      expect(earlier.objects).not.toEqual(head.objects);
    }
  });
});

describe('reads', () => {
  const chosen = SAMPLE_APPLICATIONS.filter(({ name }) =>
    ['checkout-dev', 'checkout-production', 'search-staging', 'notifier-dev'].includes(name),
  );

  it.each(chosen.map((application) => [application.name, application] as const))(
    '%s: files outside never matter, wherever they are changed, deleted or added',
    async (_name, application) => {
      const root = join(folder, `outside-${application.name}`);
      await cp(join(folder, application.repository), root, { recursive: true });
      const before = await render(root, application);
      const expected = JSON.stringify({ objects: before.objects, reads: before.reads });
      const outside = (await filesOf(root)).filter((file) => !covers(before.reads, file));
      expect(outside.length).toBeGreaterThan(2);
      for (const file of outside) await writeFile(join(root, file), 'a: [broken\n');
      expect(await outcome(root, application)).toBe(expected);
      for (const file of outside) await rm(join(root, file));
      expect(await outcome(root, application)).toBe(expected);
      await symlink('/etc/passwd', join(root, 'a-link'));
      await writeFile(join(root, 'kustomization.yaml'), 'resources: [https://example.com/x]\n');
      await writeFile(join(root, 'Chart.yaml'), 'x\n');
      expect(await outcome(root, application)).toBe(expected);
    },
  );

  it.each(chosen.map((application) => [application.name, application] as const))(
    '%s: every file whose change changes the answer is inside, and so is every absent file that would',
    async (_name, application) => {
      const source = join(folder, application.repository);
      const { reads } = await render(source, application);
      const before = await outcome(source, application);
      const root = join(folder, `inside-${application.name}`);
      const changed: string[] = [];
      const candidates = await filesOf(source);
      const folders = [...new Set(candidates.map((file) => file.split('/').slice(0, -1).join('/')))];
      const additions = folders.flatMap((at) => ['kustomization.yml', 'Chart.yaml'].map((name) => join(at, name)));
      for (const file of [...candidates, ...additions.filter((path) => !candidates.includes(path))]) {
        await rm(root, { recursive: true, force: true });
        await cp(source, root, { recursive: true });
        await writeFile(join(root, file), 'resources: []\n');
        if ((await outcome(root, application)).replaceAll(root, source) !== before) changed.push(file);
      }
      expect(changed.filter((file) => !covers(reads, file))).toEqual([]);
      expect(changed.length).toBeGreaterThan(1);
    },
    60_000,
  );
});
