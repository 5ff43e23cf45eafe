import { afterEach, describe, expect, it } from 'vitest';
import { ClusterError } from '#lib/ports/cluster.ts';
import { isBearer, serveMetrics } from './metrics-door.ts';
import { metrics, outcomeOf, timed } from './metrics.ts';

const TOKEN = 'a token of sixteen or more'.replaceAll(' ', '-');

afterEach(() => {
  globalThis.quarterdeckMetrics = undefined;
});

describe('the registry', () => {
  it('is one per process and names every metric after the product, with its unit', async () => {
    expect(metrics()).toBe(metrics());
    const ours = (await metrics().registry.getMetricsAsJSON())
      .map(({ name }) => name)
      .filter((name) => !/^(process|nodejs)_/.test(name));
    expect(ours).toHaveLength(14);
    for (const name of ours) expect(name).toMatch(/^quarterdeck_\w+(_seconds|_total|_jobs|_open|_held|_clients)$/);
  });

  it('has labels that the code bounds, and none for what has a name of its own', async () => {
    const labels = Object.values(metrics()).flatMap((metric) =>
      'labelNames' in metric ? (metric.labelNames as string[]) : [],
    );
    expect([...new Set(labels)].toSorted()).toEqual(
      [
        'cluster',
        'command',
        'kind',
        'method',
        'outcome',
        'reason',
        'route',
        'state',
        'status',
        'tool',
        'verb',
      ].toSorted(),
    );
  });

  it('times work by how it ended, and passes on what it gave', async () => {
    const render = (work: () => Promise<number>) =>
      timed(work, metrics().renders, (error) => ({ tool: 'helm', outcome: outcomeOf(error) }));
    expect(await render(async () => 1)).toBe(1);
    const secret = new ClusterError('timeout', 'no answer for secret-name');
    await expect(render(() => Promise.reject(secret))).rejects.toBe(secret);
    const text = await metrics().registry.metrics();
    expect(text).toContain('quarterdeck_render_duration_seconds_count{tool="helm",outcome="ok"} 1');
    expect(text).toContain('quarterdeck_render_duration_seconds_count{tool="helm",outcome="timeout"} 1');
    expect(text).not.toContain('secret-name');
  });

  it.each([
    [undefined, 'ok'],
    [new ClusterError('forbidden', 'x'), 'forbidden'],
    [new Error('Secret shop/db is wrong'), 'failed'],
    [{ reason: 'Secret shop/db is wrong' }, 'failed'],
    ['words', 'failed'],
  ])('says of %o: %s', (error, outcome) => expect(outcomeOf(error)).toBe(outcome));
});

describe('the door of a worker', () => {
  it.each([
    ['the token', TOKEN, `Bearer ${TOKEN}`, 200],
    ['no token', TOKEN, undefined, 401],
    ['another token', TOKEN, `Bearer ${TOKEN}x`, 401],
    ['the token without its scheme', TOKEN, TOKEN, 401],
    ['nothing where nothing is asked', undefined, undefined, 200],
  ])('given %s', async (_name, token, authorization, status) => {
    const server = await serveMetrics({ host: '127.0.0.1', port: 0, token });
    try {
      const ask = (path: string, method = 'GET') =>
        fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers: authorization ? { authorization } : {} });
      const answer = await ask('/metrics');
      expect(answer.status).toBe(status);
      const text = await answer.text();
      expect(text.includes('process_cpu_seconds_total')).toBe(status === 200);
      expect((await ask('/')).status).toBe(404);
      expect((await ask('/metrics', 'POST')).status).toBe(404);
    } finally {
      await server.close();
    }
  });

  it('compares tokens of any length', () => {
    expect(isBearer(`bearer ${TOKEN}`, TOKEN)).toBe(true);
    expect(isBearer('Bearer ', TOKEN)).toBe(false);
    expect(isBearer(null, TOKEN)).toBe(false);
  });
});
