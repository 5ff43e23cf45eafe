import { expect, test } from 'vitest';
import { keepRunning, type Part } from './keep-running.ts';

/** A part whose end the test decides. */
class Puppet implements Part {
  stopped = false;
  die: (words: string) => void = () => undefined;
  readonly ended = new Promise<string>((resolve) => {
    this.die = resolve;
  });

  async stop(): Promise<void> {
    this.stopped = true;
    this.die('stopped');
  }
}

/** Starts puppets, and answers each as it comes up. */
function stage(failing: (nth: number) => boolean = () => false) {
  const started: Puppet[] = [];
  const waiting: ((puppet: Puppet) => void)[] = [];
  let nth = 0;
  return {
    started,
    said: [] as string[],
    start: async (): Promise<Puppet> => {
      nth += 1;
      if (failing(nth)) throw new Error(`start ${nth} failed`);
      const puppet = new Puppet();
      started.push(puppet);
      waiting.shift()?.(puppet);
      return puppet;
    },
    next: () => new Promise<Puppet>((resolve) => void waiting.push(resolve)),
  };
}

test('what ends by itself is started again, and what runs then is what is stopped', async () => {
  const puppets = stage();
  const kept = await keepRunning(puppets.start, { name: 'worker', say: (line) => puppets.said.push(line), pauseMs: 0 });
  const second = puppets.next();
  kept.first.die('killed\nlast words');
  await second;
  await kept.stop();
  expect(puppets.started.map((puppet) => puppet.stopped)).toEqual([false, true]);
  expect(puppets.said).toEqual(['worker ended by itself and is started again: killed']);
});

test('a restart that fails counts as an end and is tried again', async () => {
  const puppets = stage((nth) => nth === 2);
  const kept = await keepRunning(puppets.start, { name: 'web', say: (line) => puppets.said.push(line), pauseMs: 0 });
  const third = puppets.next();
  kept.first.die('killed');
  await third;
  expect(puppets.said.at(-1)).toContain('start 2 failed');
  await kept.stop();
});

test('what ends too often is given up, with its last words', async () => {
  const puppets = stage((nth) => nth > 1);
  const rules = { name: 'web', say: (line: string) => puppets.said.push(line), pauseMs: 0, limit: 3 };
  const kept = await keepRunning(puppets.start, rules);
  kept.first.die('killed');
  expect(await kept.ended).toBe('start 4 failed\nweb ended 4 times within 60 s.');
  expect(puppets.said).toHaveLength(3);
});

test('the first start throws', async () => {
  const puppets = stage(() => true);
  await expect(keepRunning(puppets.start, { name: 'web', say: () => undefined })).rejects.toThrow('start 1 failed');
});

test('stopping while it waits to start again starts nothing', async () => {
  const puppets = stage();
  let said: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => {
    said = resolve;
  });
  const kept = await keepRunning(puppets.start, { name: 'web', say: () => said(), pauseMs: 60_000 });
  kept.first.die('killed');
  await waits;
  await kept.stop();
  expect(await kept.ended).toBe('killed');
  expect(puppets.started).toHaveLength(1);
});
