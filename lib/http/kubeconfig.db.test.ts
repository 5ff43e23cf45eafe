import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import * as importRoute from '../../app/api/v1/clusters/import/route.ts';
import * as kubeconfigRoute from '../../app/api/v1/clusters/kubeconfig/route.ts';
import { type Door, json, openDoor } from '#lib/testing/door.ts';

const CANARY = 'canary-token-7d1f';
const PEM = Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n').toString('base64');

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

const file = (parts: { cluster?: object; user?: object; context?: object; more?: object } = {}): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: parts.cluster ?? { server: 'https://k8s.example:6443' } }],
    users: [{ name: 'u', user: parts.user ?? { token: CANARY } }],
    contexts: [{ name: 'x', context: parts.context ?? { cluster: 'c', user: 'u' } }],
    ...parts.more,
  });

const read = (kubeconfig: string) =>
  door.call(kubeconfigRoute.POST, { method: 'POST', role: 'admin', body: { kubeconfig } });
const register = (kubeconfig: string) =>
  door.call(importRoute.POST, {
    method: 'POST',
    role: 'admin',
    body: { kubeconfig, contexts: [{ context: 'x', name: 'imported' }] },
  });

/** Why the whole file cannot be used. */
const USELESS: [name: string, kubeconfig: string, words: RegExp][] = [
  ['nothing but blanks', '  \n', /empty/],
  ['not YAML', 'clusters: [\n  - name: "c\n', /not valid YAML at line \d/],
  ['a tab for a blank', 'apiVersion: v1\n\tkind: Config\n', /not valid YAML at line \d/],
  ['a word', 'kubectl', /not a map/],
  ['a list', '- apiVersion: v1\n', /not a map/],
  ['a bomb of aliases', `a: &a [x]\nb: [${'*a,'.repeat(22)}*a]\n`, /aliases/],
  ['no contexts', file({ more: { contexts: [] } }), /no contexts/],
  ['clusters that are no list', file({ more: { clusters: 'c' } }), /field clusters must be a list/],
  ['a user without a name', file({ more: { users: [{ user: {} }] } }), /users\[0\] has no name/],
  [
    'a context that is text',
    file({ more: { contexts: [{ name: 'x', context: 'c' }] } }),
    /contexts\[0\]\.context must be a map/,
  ],
];

/** Why a context cannot be used; the file as such is fine. */
const BROKEN: [name: string, kubeconfig: string, words: RegExp][] = [
  ['a user that is not there', file({ context: { cluster: 'c', user: 'missing' } }), /no user missing in this file/],
  ['no user named', file({ context: { cluster: 'c' } }), /names no user/],
  [
    'a cluster that is not there',
    file({ context: { cluster: 'missing', user: 'u' } }),
    /no cluster missing in this file/,
  ],
  ['no server', file({ cluster: {} }), /cluster c has no server/],
  ['plain http', file({ cluster: { server: 'http://k8s.example' } }), /cluster c: .*https/],
  [
    'a CA that is not base64',
    file({ cluster: { server: 'https://k8s.example', 'certificate-authority-data': '%%%' } }),
    /cluster c\.certificate-authority-data is not PEM in base64/,
  ],
  [
    'a CA in a file',
    file({ cluster: { server: 'https://k8s.example', 'certificate-authority': '/etc/ca.crt' } }),
    /certificate-authority names a file.*--flatten/,
  ],
  [
    'a certificate that is not base64',
    file({ user: { 'client-certificate-data': '%%%', 'client-key-data': PEM } }),
    /user u\.client-certificate-data is not PEM/,
  ],
  ['a certificate without its key', file({ user: { 'client-certificate-data': PEM } }), /certificate without its key/],
  ['no credential', file({ user: {} }), /user u holds no token/],
  [
    'an exec plugin',
    file({ user: { exec: { command: 'aws', apiVersion: 'client.authentication.k8s.io/v1' } } }),
    /running aws.* exec plugins are not allowed here.*QUARTERDECK_ALLOW_EXEC=on/,
  ],
  ['an auth provider', file({ user: { 'auth-provider': { name: 'gcp' } } }), /auth-provider gcp.*removed/],
];

describe('a kubeconfig that cannot be used', () => {
  test.each(USELESS)('%s: is refused with the reason on its field', async (_name, kubeconfig, words) => {
    for (const response of [await read(kubeconfig), await register(kubeconfig)]) {
      expect(response.status).toBe(400);
      const problem = await json(response);
      expect(problem).toMatchObject({
        code: 'invalid',
        fields: [{ path: 'kubeconfig', message: expect.stringMatching(words) }],
      });
      expect(JSON.stringify(problem)).not.toContain(CANARY);
    }
  });

  test.each(BROKEN)(
    '%s: is shown beside its context, and registering names the field',
    async (_name, kubeconfig, words) => {
      const shown = await read(kubeconfig);
      expect(shown.status).toBe(200);
      expect(await json(shown)).toMatchObject({ contexts: [{ name: 'x', problem: expect.stringMatching(words) }] });
      const refused = await register(kubeconfig);
      expect(refused.status).toBe(400);
      expect(await json(refused)).toMatchObject({
        fields: [{ path: 'kubeconfig', message: expect.stringMatching(words) }],
      });
    },
  );

  test('larger than 1 MiB: is refused before it is parsed', async () => {
    for (const megabytes of [1.5, 2, 5]) {
      const response = await read(file({ more: { padding: 'x'.repeat(megabytes * 1_048_576) } }));
      expect([400, 413]).toContain(response.status);
      expect(JSON.stringify(await json(response))).toMatch(/1 ?MiB|1048576|KiB/i);
    }
  });

  test('leaves nothing behind', async () => {
    const { prisma } = door.database;
    expect(await prisma.cluster.count()).toBe(0);
    expect(await prisma.clusterCredential.count()).toBe(0);
    expect((await register(file())).status).toBe(201);
    expect(await prisma.cluster.count()).toBe(1);
  });
});
