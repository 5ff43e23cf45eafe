import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as applicationRoute from '../../app/api/v1/applications/[id]/route.ts';
import { enqueue } from '#lib/database/queue.ts';
import { type Door, openDoor } from '#lib/testing/door.ts';
import { metricsFor } from './metrics.ts';

const TOKEN = 'sixteen-characters-and-more';
let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

function ask(token: string | undefined, authorization?: string): Promise<Response> {
  const headers = authorization === undefined ? {} : { authorization };
  return metricsFor(new Request('http://127.0.0.1:3000/api/metrics', { headers }), token);
}

describe('metrics of the console', () => {
  test('are there only with a token, and for who has it', async () => {
    expect((await ask(undefined, `Bearer ${TOKEN}`)).status).toBe(404);
    const refused = await Promise.all([ask(TOKEN), ask(TOKEN, `Bearer ${TOKEN}1`), ask(TOKEN, `Basic ${TOKEN}`)]);
    expect(refused.map((answer) => answer.status)).toEqual([401, 401, 401]);
    for (const answer of refused) {
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await answer.text()).not.toMatch(/quarterdeck_|sixteen/);
    }
    const answer = await ask(TOKEN, `Bearer ${TOKEN}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('count requests by route as declared, never by the address', async () => {
    const id = randomUUID();
    await door.call(applicationRoute.GET, { role: 'viewer', params: { id } });
    const text = await (await ask(TOKEN, `Bearer ${TOKEN}`)).text();
    expect(text).toContain(
      'quarterdeck_http_request_duration_seconds_count{route="/api/v1/applications/{id}",method="GET",status="404"} 1',
    );
    expect(text).not.toContain(id);
  });

  test('tell how many jobs wait, zeros too, without their keys', async () => {
    const key = randomUUID();
    await door.database.prisma.$transaction((tx) =>
      enqueue(door.database.queue, tx, [
        { kind: 'render', key },
        { kind: 'fetch', key, startAfter: new Date(Date.now() + 3_600_000) },
      ]),
    );
    const text = await (await ask(TOKEN, `Bearer ${TOKEN}`)).text();
    expect(text).toContain('quarterdeck_queue_jobs{kind="render",state="due"} 1');
    expect(text).toContain('quarterdeck_queue_jobs{kind="fetch",state="later"} 1');
    expect(text).toContain('quarterdeck_queue_jobs{kind="plan",state="due"} 0');
    expect(text).not.toContain(key);
  });
});
