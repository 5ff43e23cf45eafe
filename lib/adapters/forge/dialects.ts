import { isObject, listAt, numberAt, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { Forge } from '#lib/domain/revision/forge.ts';
import type { PullRequest, PullRequestInput } from '#lib/ports/forge.ts';

/** One call of a forge's API. */
export interface ForgeCall {
  method: 'GET' | 'POST';
  url: string;
  body?: object;
}

/** Where a repository lies on its forge. */
export interface ForgePlace {
  /** `https://git.example.com` */
  origin: string;
  /** Owner, groups and name, without `.git`. */
  path: string[];
}

/** How one kind of forge says what all of them do. Documentation of each API is named beside it. */
export interface Dialect {
  /** Value of the Authorization header. */
  authorization(credential: { username: string; token: string }): string;
  headers?: Record<string, string>;
  find(place: ForgePlace, input: PullRequestInput): ForgeCall;
  /** The open pull request in the answer of `find`; null when there is none. A 404 is none as well. */
  found(answer: unknown, input: PullRequestInput): PullRequest | null;
  open(place: ForgePlace, input: PullRequestInput): ForgeCall;
  opened(answer: unknown): PullRequest | null;
}

const joined = (parts: readonly string[]) => parts.map(encodeURIComponent).join('/');
const bearer = ({ token }: { token: string }) => `Bearer ${token}`;
const basic = ({ username, token }: { username: string; token: string }) =>
  `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;

function pullOf(value: unknown, numberField: string, url: string): PullRequest | null {
  const number = isObject(value) ? numberAt(value, [numberField], Number.NaN) : Number.NaN;
  return Number.isInteger(number) && /^https?:\/\//.test(url) ? { number: String(number), url } : null;
}

/** docs.github.com/rest/pulls; on a server of one's own the API lies under /api/v3. */
const GITHUB: Dialect = {
  authorization: bearer,
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  find: (place, { head, base }) => {
    const query = new URLSearchParams({ head: `${place.path[0] ?? ''}:${head}`, base, state: 'open' });
    return { method: 'GET', url: `${githubApi(place)}/pulls?${query}` };
  },
  found: (answer) =>
    firstOf(Array.isArray(answer) ? answer : [], (one) => pullOf(one, 'number', textAt(one, 'html_url'))),
  open: (place, input) => ({ method: 'POST', url: `${githubApi(place)}/pulls`, body: { ...input } }),
  opened: (answer) => pullOf(answer, 'number', textAt(answer, 'html_url')),
};

function githubApi({ origin, path }: ForgePlace): string {
  const api = origin === 'https://github.com' ? 'https://api.github.com' : `${origin}/api/v3`;
  return `${api}/repos/${joined(path)}`;
}

/** docs.gitlab.com/api/merge_requests */
const GITLAB: Dialect = {
  authorization: bearer,
  find: (place, { head, base }) => {
    const query = new URLSearchParams({ source_branch: head, target_branch: base, state: 'opened' });
    return { method: 'GET', url: `${gitlabApi(place)}/merge_requests?${query}` };
  },
  found: (answer) => firstOf(Array.isArray(answer) ? answer : [], (one) => pullOf(one, 'iid', textAt(one, 'web_url'))),
  open: (place, { title, body, head, base }) => ({
    method: 'POST',
    url: `${gitlabApi(place)}/merge_requests`,
    body: { title, description: body, source_branch: head, target_branch: base },
  }),
  opened: (answer) => pullOf(answer, 'iid', textAt(answer, 'web_url')),
};

const gitlabApi = ({ origin, path }: ForgePlace) => `${origin}/api/v4/projects/${encodeURIComponent(path.join('/'))}`;

/** The API of Gitea and Forgejo (`/api/swagger` of each installation). */
const GITEA: Dialect = {
  authorization: ({ token }) => `token ${token}`,
  find: (place, { head, base }) => ({
    method: 'GET',
    url: `${giteaApi(place)}/pulls/${encodeURIComponent(base)}/${encodeURIComponent(head)}`,
  }),
  found: (answer) => (textAt(answer, 'state') === 'open' ? GITEA.opened(answer) : null),
  open: (place, input) => ({ method: 'POST', url: `${giteaApi(place)}/pulls`, body: { ...input } }),
  opened: (answer) => pullOf(answer, 'number', textAt(answer, 'html_url')),
};

const giteaApi = ({ origin, path }: ForgePlace) => `${origin}/api/v1/repos/${joined(path)}`;

/** developer.atlassian.com/cloud/bitbucket/rest; access tokens of a repository have the user `x-token-auth`. */
const BITBUCKET_CLOUD: Dialect = {
  authorization: (credential) => (credential.username === 'x-token-auth' ? bearer(credential) : basic(credential)),
  find: (place, { head, base }) => {
    const q = `source.branch.name=${JSON.stringify(head)} AND destination.branch.name=${JSON.stringify(base)} AND state="OPEN"`;
    return { method: 'GET', url: `${cloudApi(place)}?${new URLSearchParams({ q })}` };
  },
  found: (answer) => firstOf(listAt(answer, 'values'), (one) => BITBUCKET_CLOUD.opened(one)),
  open: (place, { title, body, head, base }) => ({
    method: 'POST',
    url: cloudApi(place),
    body: { title, description: body, source: { branch: { name: head } }, destination: { branch: { name: base } } },
  }),
  opened: (answer) => pullOf(answer, 'id', textAt(answer, 'links', 'html', 'href')),
};

function cloudApi({ origin, path }: ForgePlace): string {
  const api = origin === 'https://bitbucket.org' ? 'https://api.bitbucket.org' : origin;
  return `${api}/2.0/repositories/${joined(path)}/pullrequests`;
}

/** developer.atlassian.com/server/bitbucket/rest; clone URLs are `/scm/project/repository.git`. */
const BITBUCKET_DATA_CENTER: Dialect = {
  authorization: bearer,
  find: (place, { head }) => {
    const query = new URLSearchParams({ at: `refs/heads/${head}`, direction: 'OUTGOING', state: 'OPEN' });
    return { method: 'GET', url: `${dataCenterApi(place)}?${query}` };
  },
  found: (answer, { base }) =>
    firstOf(listAt(answer, 'values'), (one) =>
      textAt(one, 'toRef', 'id') === `refs/heads/${base}` ? BITBUCKET_DATA_CENTER.opened(one) : null,
    ),
  open: (place, { title, body, head, base }) => ({
    method: 'POST',
    url: dataCenterApi(place),
    body: { title, description: body, fromRef: { id: `refs/heads/${head}` }, toRef: { id: `refs/heads/${base}` } },
  }),
  opened: (answer) => pullOf(answer, 'id', textAt(listAt(objectAt(answer, 'links'), 'self')[0], 'href')),
};

function dataCenterApi({ origin, path }: ForgePlace): string {
  const [project = '', name = ''] = path[0] === 'scm' ? path.slice(1) : path;
  return `${origin}/rest/api/1.0/projects/${encodeURIComponent(project)}/repos/${encodeURIComponent(name)}/pull-requests`;
}

function firstOf(items: readonly unknown[], read: (item: unknown) => PullRequest | null): PullRequest | null {
  for (const item of items) {
    const pull = read(item);
    if (pull) return pull;
  }
  return null;
}

export const DIALECTS: Readonly<Record<Forge, Dialect>> = {
  github: GITHUB,
  gitlab: GITLAB,
  gitea: GITEA,
  'bitbucket-cloud': BITBUCKET_CLOUD,
  'bitbucket-data-center': BITBUCKET_DATA_CENTER,
};
