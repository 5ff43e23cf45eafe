import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createMutualExclusion } from './lock.ts';

describe('mutual exclusion of a mirror', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
    file = join(folder, 'm.lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const gone = (): Promise<boolean> =>
    readFile(file).then(
      () => false,
      () => true,
    );

  it('never overlaps, within one queue or between two, and goes on after a failure', async () => {
    const [first, second] = [createMutualExclusion(5000), createMutualExclusion(5000)];
    let inside = 0;
    const done: number[] = [];
    const work = Array.from({ length: 12 }, (_, index) =>
      (index % 2 === 0 ? first : second)
        .run('m', file, async () => {
          inside += 1;
          expect(inside).toBe(1);
          await Promise.resolve();
          inside -= 1;
          if (index === 4) throw new Error('on purpose');
          done.push(index);
        })
        .catch((error: unknown) => expect(error).toMatchObject({ message: 'on purpose' })),
    );
    await Promise.all(work);
    expect(done).toHaveLength(11);
    expect(await gone()).toBe(true);
  });

  it('gives up politely while another process works', async () => {
    await writeFile(file, `${hostname()} ${process.ppid} living`);
    await expect(createMutualExclusion(100).run('m', file, () => Promise.resolve(1))).rejects.toMatchObject({
      reason: 'timeout',
    });
    expect(await readFile(file, 'utf8')).toContain('living');
  });

  it.each([
    ['of a dead process', `${hostname()} 999999999 x`, 0],
    ['of a host that fell silent', 'another-host 1 x', 60_000],
    ['that was never written', '', 60_000],
  ])('takes over a lock %s', async (_name, content, age) => {
    await writeFile(file, content);
    const then = new Date(Date.now() - age);
    await utimes(file, then, then);
    expect(await createMutualExclusion(2000).run('m', file, () => Promise.resolve('in'))).toBe('in');
    expect(await gone()).toBe(true);
  });
});
