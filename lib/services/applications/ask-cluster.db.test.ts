import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimJobs } from '#lib/database/queue.ts';
import { SETTINGS, Stage } from '#lib/testing/stage.ts';
import { answerQuestion } from '../inquiries/answer.ts';
import { askLiveManifest } from './ask-cluster.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.house.stop());

/** Asks while a worker answers the one question that is waiting. */
async function asked(key: string): Promise<unknown> {
  const answer = askLiveManifest(stage.house.as('operator'), { id: stage.app.id, key }).catch(
    (error: unknown) => error,
  );
  await expect
    .poll(
      async () => {
        const [job] = await claimJobs(stage.house.database.queue, 'inquiry', { limit: 1 });
        if (job) await answerQuestion(stage.house.ctx, job.key);
        return job !== undefined;
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  return answer;
}

describe('askLiveManifest', () => {
  test('says that an object is not there, which is no failure of the cluster', async () => {
    expect(await asked(SETTINGS)).toMatchObject({
      code: 'not-found',
      message: 'ConfigMap shop/settings is not in cluster fake.',
    });
  });

  test('answers what is there', async () => {
    await stage.sync();
    expect(await asked(SETTINGS)).toMatchObject({ text: expect.stringContaining('level: "1"') });
  });

  test('names the part of the request that is no key', async () => {
    await expect(
      askLiveManifest(stage.house.as('operator'), { id: stage.app.id, key: 'ConfigMap' }),
    ).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'key' }] });
  });
});
