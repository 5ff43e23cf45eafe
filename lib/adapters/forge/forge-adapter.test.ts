import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Forge } from '#lib/domain/revision/forge.ts';
import type { ForgeError } from '#lib/ports/forge.ts';
import { createForge } from './forge-adapter.ts';

const TOKEN = 'canary-7d1f9b20';
const INPUT = { title: 'Roll back web', body: 'it leaks', head: 'rollback/web', base: 'main' };

interface Asked {
  method: string;
  url: string;
  authorization: string;
  body: unknown;
}

let server: Server;
let asked: Asked[];
/** What the forge answers, call after call. */
let answers: { status: number; body: unknown; headers?: Record<string, string> }[];
let origin: string;

beforeEach(async () => {
  asked = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await read(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, authorization: headers.authorization ?? '', body });
    const { status, body: said, headers: extra } = answers.shift() ?? { status: 500, body: 'nothing planned' };
    response.writeHead(status, { 'content-type': 'application/json', ...extra });
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  };
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const open = (forge: Forge, path = '/org/repo.git', username = 'git') =>
  createForge().openPullRequest(
    { id: 'r', url: `${origin}${path}`, credential: { kind: 'https-token', username, token: TOKEN } },
    { forge, ...INPUT },
  );
const failure = (work: Promise<unknown>): Promise<ForgeError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: ForgeError) => error,
  );

const URL_OF = 'https://forge.example/pulls/12';
const HEAD = encodeURIComponent(INPUT.head);

/** As the documentation of each API shows them. */
const CASES: {
  forge: Forge;
  path: string;
  find: string;
  create: string;
  sent: unknown;
  authorization: string;
  none: { status: number; body: unknown };
  pull: unknown;
  list: (pull: unknown) => unknown;
}[] = [
  {
    forge: 'github',
    path: '/org/repo.git',
    find: `/api/v3/repos/org/repo/pulls?head=${encodeURIComponent(`org:${INPUT.head}`)}&base=main&state=open`,
    create: '/api/v3/repos/org/repo/pulls',
    sent: INPUT,
    authorization: `Bearer ${TOKEN}`,
    none: { status: 200, body: [] },
    pull: { number: 12, html_url: URL_OF },
    list: (pull) => [pull],
  },
  {
    forge: 'gitlab',
    path: '/group/sub/repo.git',
    find: `/api/v4/projects/group%2Fsub%2Frepo/merge_requests?source_branch=${HEAD}&target_branch=main&state=opened`,
    create: '/api/v4/projects/group%2Fsub%2Frepo/merge_requests',
    sent: { title: INPUT.title, description: INPUT.body, source_branch: INPUT.head, target_branch: 'main' },
    authorization: `Bearer ${TOKEN}`,
    none: { status: 200, body: [] },
    pull: { iid: 12, web_url: URL_OF },
    list: (pull) => [pull],
  },
  {
    forge: 'gitea',
    path: '/org/repo',
    find: `/api/v1/repos/org/repo/pulls/main/${HEAD}`,
    create: '/api/v1/repos/org/repo/pulls',
    sent: INPUT,
    authorization: `token ${TOKEN}`,
    none: { status: 404, body: { message: 'not found' } },
    pull: { number: 12, html_url: URL_OF, state: 'open' },
    list: (pull) => pull,
  },
  {
    forge: 'bitbucket-cloud',
    path: '/org/repo.git',
    find: `/2.0/repositories/org/repo/pullrequests?${new URLSearchParams({
      q: `source.branch.name="${INPUT.head}" AND destination.branch.name="main" AND state="OPEN"`,
    })}`,
    create: '/2.0/repositories/org/repo/pullrequests',
    sent: {
      title: INPUT.title,
      description: INPUT.body,
      source: { branch: { name: INPUT.head } },
      destination: { branch: { name: 'main' } },
    },
    authorization: `Basic ${Buffer.from(`git:${TOKEN}`).toString('base64')}`,
    none: { status: 200, body: { values: [] } },
    pull: { id: 12, links: { html: { href: URL_OF } } },
    list: (pull) => ({ values: [pull] }),
  },
  {
    forge: 'bitbucket-data-center',
    path: '/scm/PRJ/repo.git',
    find: `/rest/api/1.0/projects/PRJ/repos/repo/pull-requests?at=${encodeURIComponent(
      `refs/heads/${INPUT.head}`,
    )}&direction=OUTGOING&state=OPEN`,
    create: '/rest/api/1.0/projects/PRJ/repos/repo/pull-requests',
    sent: {
      title: INPUT.title,
      description: INPUT.body,
      fromRef: { id: `refs/heads/${INPUT.head}` },
      toRef: { id: 'refs/heads/main' },
    },
    authorization: `Bearer ${TOKEN}`,
    none: { status: 200, body: { values: [] } },
    pull: { id: 12, toRef: { id: 'refs/heads/main' }, links: { self: [{ href: URL_OF }] } },
    list: (pull) => ({ values: [pull] }),
  },
];

describe.each(CASES)('$forge', ({ forge, path, find, create, sent, authorization, none, pull, list }) => {
  it('opens a pull request', async () => {
    answers = [none, { status: 201, body: pull }];
    expect(await open(forge, path)).toEqual({ number: '12', url: URL_OF });
    expect(asked).toEqual([
      { method: 'GET', url: find, authorization, body: undefined },
      { method: 'POST', url: create, authorization, body: sent },
    ]);
  });

  it('answers the one that is open, and opens no second', async () => {
    answers = [{ status: 200, body: list(pull) }];
    expect(await open(forge, path)).toEqual({ number: '12', url: URL_OF });
    expect(asked).toHaveLength(1);
  });

  it('says what the forge says, without the token', async () => {
    answers = [
      none,
      { status: 403, body: { message: `no rights for ${TOKEN}`, errors: [{ message: 'ask an owner' }] } },
    ];
    const error = await failure(open(forge, path));
    expect(error.reason).toBe('refused');
    expect(error.message).toContain('ask an owner');
    expect(error.message).toContain('needs the right to open pull requests');
    expect(error.message).not.toContain(TOKEN);
  });

  it('takes no address that is not http', async () => {
    const broken = JSON.parse(JSON.stringify(pull).replaceAll(URL_OF, 'javascript:alert(1)')) as unknown;
    answers = [none, { status: 201, body: broken }];
    expect(await failure(open(forge, path))).toMatchObject({ reason: 'server' });
  });
});

describe('a forge', () => {
  it.each([
    [401, { message: 'Bad credentials' }, 'unauthenticated', /does not accept the repository’s token.*Bad credentials/],
    [
      422,
      { message: 'Validation Failed', errors: [{ message: 'No commits between' }] },
      'refused',
      /No commits between/,
    ],
    [429, {}, 'server', /429/],
    [503, '<html>down</html>', 'server', /answered 503\./],
  ])('that answers %i', async (status, body, reason, words) => {
    answers = [{ status, body }];
    const error = await failure(open('github'));
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(words);
  });

  it('that redirects is not followed, for the token would go along', async () => {
    answers = [{ status: 302, body: '', headers: { location: 'http://127.0.0.1:1/elsewhere' } }];
    expect(await failure(open('github'))).toMatchObject({ reason: 'unreachable' });
    expect(asked).toHaveLength(1);
  });

  it('that sends too much is cut off', async () => {
    answers = [{ status: 200, body: ' '.repeat(2 * 1024 * 1024 + 1) }];
    expect(await failure(open('github'))).toMatchObject({ reason: 'server', message: /larger than 2 MiB/ });
  });

  it('that is not there', async () => {
    const work = createForge().openPullRequest(
      { id: 'r', url: 'http://127.0.0.1:1/org/repo', credential: { kind: 'https-token', username: 'u', token: TOKEN } },
      { forge: 'github', ...INPUT },
    );
    expect(await failure(work)).toMatchObject({ reason: 'unreachable' });
  });

  it('is asked with an access token as one, where the user says so', async () => {
    answers = [{ status: 200, body: { values: [{ id: 12, links: { html: { href: URL_OF } } }] } }];
    await open('bitbucket-cloud', '/org/repo.git', 'x-token-auth');
    expect(asked[0]?.authorization).toBe(`Bearer ${TOKEN}`);
  });

  it.each([['git@git.example.com:org/repo.git'], ['https://git.example.com/repo'], ['file:///srv/org/repo']])(
    'is not behind %s',
    async (url) => {
      const credential = { kind: 'https-token' as const, username: 'git', token: TOKEN };
      const work = createForge().openPullRequest({ id: 'r', url, credential }, { forge: 'github', ...INPUT });
      expect(await failure(work)).toMatchObject({ reason: 'refused' });
    },
  );

  it('needs a token', async () => {
    const credential = { kind: 'ssh-key' as const, privateKey: 'k', knownHosts: 'h' };
    const work = Promise.resolve().then(() =>
      createForge().openPullRequest({ id: 'r', url: `${origin}/org/repo`, credential }, { forge: 'github', ...INPUT }),
    );
    expect(await failure(work)).toMatchObject({ reason: 'unauthenticated' });
  });
});
