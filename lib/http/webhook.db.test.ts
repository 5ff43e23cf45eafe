import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as repositoriesRoute from '../../app/api/v1/repositories/route.ts';
import * as secretRoute from '../../app/api/v1/repositories/[id]/webhook-secret/route.ts';
import * as genericRoute from '../../app/api/webhooks/generic/[repository]/route.ts';
import * as githubRoute from '../../app/api/webhooks/github/[repository]/route.ts';
import { type Door, json, openDoor } from '#lib/testing/door.ts';

const NAMES = ['github', 'generic', 'refusing', 'limited'];

let door: Door;
const ids = new Map<string, string>();
const secrets = new Map<string, string>();
const idOf = (name: string) => ids.get(name) ?? '';
const secretOf = (name: string) => secrets.get(name) ?? '';

beforeAll(async () => {
  door = await openDoor();
  for (const name of NAMES) {
    const id = await door.create(repositoriesRoute.POST, { name, url: `https://git.example.com/${name}.git` });
    ids.set(name, id);
    const made = await door.call(secretRoute.POST, { method: 'POST', role: 'admin', params: { id } });
    const { secret } = await json(made);
    secrets.set(name, typeof secret === 'string' ? secret : '');
  }
});
afterAll(() => door.close());

const sign = (secret: string, ...parts: (string | Buffer)[]) => {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return `sha256=${hmac.digest('hex')}`;
};

/** Posts bytes exactly as they are. */
function post(
  provider: 'github' | 'generic',
  repository: string,
  sent: { body: Buffer; headers: Record<string, string> },
) {
  const route = provider === 'github' ? githubRoute : genericRoute;
  const request = new Request(`http://127.0.0.1:3000/api/webhooks/${provider}/${repository}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sent.headers },
    body: new Uint8Array(sent.body),
  });
  return route.POST(request, { params: Promise.resolve({ repository }) });
}

const github = (name: string, body: Buffer, headers: Record<string, string>) =>
  post('github', idOf(name), { body, headers: { 'x-github-event': 'push', 'x-github-delivery': 'd-1', ...headers } });
const generic = (name: string, sent: { body: Buffer; delivery: string; at: number; signature?: string }) => {
  const timestamp = String(sent.at);
  const signature = sent.signature ?? sign(secretOf(name), `${timestamp}.`, sent.body);
  const headers = {
    'x-quarterdeck-delivery': sent.delivery,
    'x-quarterdeck-timestamp': timestamp,
    'x-quarterdeck-signature': signature,
  };
  return post('generic', idOf(name), { body: sent.body, headers });
};

async function fetches(name: string): Promise<number> {
  const rows = await door.database.prisma.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM pgboss.job WHERE name = 'quarterdeck-fetch' AND data->>'key' = ${idOf(name)}`;
  return Number(rows[0]?.count);
}

async function forgetFetches(): Promise<void> {
  await door.database.prisma.$executeRaw`DELETE FROM pgboss.job`;
}

/** Bytes that a parser and a printer would not give back: blanks, escapes, an odd end, an astral letter, no UTF-8 at all. */
const BODIES: [name: string, body: Buffer][] = [
  ['plain', Buffer.from('{"ref":"refs/heads/main"}')],
  ['with blanks and line ends', Buffer.from('{\r\n  "ref" : "refs/heads/main"\r\n}\r\n')],
  ['with escapes', Buffer.from('{"ref":"refs\\/heads\\/m\\u0061in","who":"\u{1F680}"}')],
  ['that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
];

describe('a webhook', () => {
  test.each(BODIES)('is verified over raw bytes %s', async (name, body) => {
    await forgetFetches();
    const delivery = { 'x-github-delivery': `raw-${name.replaceAll(' ', '-')}` };
    const changed = Buffer.concat([body, Buffer.from(' ')]);
    const signature = sign(secretOf('github'), body);
    expect((await github('github', changed, { ...delivery, 'x-hub-signature-256': signature })).status).toBe(401);
    expect(await fetches('github')).toBe(0);
    const accepted = await github('github', body, { ...delivery, 'x-hub-signature-256': signature });
    expect([accepted.status, await json(accepted)]).toEqual([202, { outcome: 'accepted', repository: 'github' }]);
    expect(await fetches('github')).toBe(1);
  });

  test('counts once per delivery, also after a forged one of the same id', async () => {
    await forgetFetches();
    const body = Buffer.from('{"ref":"refs/heads/once"}');
    const headers = { 'x-github-delivery': 'once', 'x-hub-signature-256': sign(secretOf('github'), body) };
    const forged = { ...headers, 'x-hub-signature-256': sign('another secret', body) };
    expect((await github('github', body, forged)).status).toBe(401);
    expect(await json(await github('github', body, headers))).toMatchObject({ outcome: 'accepted' });
    await forgetFetches();
    expect(await json(await github('github', body, headers))).toMatchObject({ outcome: 'duplicate' });
    expect(await fetches('github')).toBe(0);
  });

  test('of the generic kind signs its time: an old one cannot be replayed', async () => {
    await forgetFetches();
    const body = Buffer.alloc(0);
    const now = Math.floor(Date.now() / 1_000);
    expect((await generic('generic', { body, delivery: 'g-1', at: now })).status).toBe(202);
    expect(await json(await generic('generic', { body, delivery: 'g-1', at: now }))).toMatchObject({
      outcome: 'duplicate',
    });
    expect((await generic('generic', { body, delivery: 'g-2', at: now - 301 })).status).toBe(401);
    expect((await generic('generic', { body, delivery: 'g-3', at: now + 400 })).status).toBe(401);
    const signature = sign(secretOf('generic'), `${now - 100}.`, body);
    expect((await generic('generic', { body, delivery: 'g-4', at: now, signature })).status).toBe(401);
    expect(await fetches('generic')).toBe(1);
  });

  const body = Buffer.from('{"ref":"refs/heads/main"}');
  const REFUSED: [name: string, signature: string][] = [
    ['without a signature', ''],
    ['signed with another secret', sign('another secret', body)],
    ['signed by SHA-1', `sha1=${createHmac('sha1', 'x').update(body).digest('hex')}`],
    ['cut short', sign('another secret', body).slice(0, 40)],
  ];

  test.each(REFUSED)('%s is refused, written down and audited, and fetches nothing', async (name, signature) => {
    await forgetFetches();
    const response = await github('refusing', body, { 'x-hub-signature-256': signature });
    expect(response.status).toBe(401);
    const problem = await json(response);
    expect(problem).toMatchObject({
      code: 'unauthenticated',
      detail: expect.stringContaining('signature does not match'),
    });
    expect(JSON.stringify(problem)).not.toContain(secretOf('refusing'));
    expect(await fetches('refusing')).toBe(0);
    const where = { targetId: idOf('refusing'), verb: 'repository.webhook', outcome: 'refused' };
    const refused = REFUSED.findIndex(([one]) => one === name) + 1;
    expect(await door.database.prisma.auditEvent.count({ where })).toBe(refused);
    const deliveries = { repositoryId: idOf('refusing'), outcome: 'refused' };
    expect(await door.database.prisma.webhookDelivery.count({ where: deliveries })).toBe(refused);
  });

  test('for nobody gets the same answer as a forged one', async () => {
    const headers = { 'x-hub-signature-256': sign('guess', body) };
    const unknown = await post('github', '01a20e21-434f-75f8-a71c-1e4dffa2822f', { body, headers });
    const nonsense = await post('github', 'nonsense', { body, headers });
    const forged = await github('limited', body, headers);
    expect([unknown.status, nonsense.status, forged.status]).toEqual([401, 401, 401]);
    const words = await Promise.all([unknown, nonsense, forged].map(async (one) => (await json(one))['detail']));
    expect(new Set(words).size).toBe(1);
  });

  test('that floods with forged deliveries does not flood the audit', async () => {
    for (let count = 0; count < 30; count += 1)
      expect((await github('limited', body, { 'x-hub-signature-256': 'sha256=no' })).status).toBe(401);
    const where = { targetId: idOf('limited'), outcome: 'refused' };
    expect(await door.database.prisma.auditEvent.count({ where })).toBe(10);
  });

  test('larger than the limit is refused unread', async () => {
    const large = Buffer.alloc(6 * 1_048_576, 'x');
    const signature = sign(secretOf('github'), large);
    const response = await github('github', large, { 'x-hub-signature-256': signature, 'x-github-delivery': 'large' });
    expect(response.status).toBe(413);
  });
});
