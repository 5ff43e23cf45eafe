import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, named, openRegistry } from '#lib/testing/registering.ts';
import { makeSshKey } from '#lib/testing/ssh-git.ts';
import { getApplication } from '../applications/get.ts';
import { deleteProject, updateProject } from '../projects/manage.ts';
import { createRepository } from '../repositories/create.ts';
import { repositoryEndpoint } from '../repositories/endpoint.ts';
import { deleteRepository, updateRepository } from '../repositories/update.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await openRegistry();
});
afterAll(() => registry.close());

describe('repositories', () => {
  test('are fetched at once, keep their credential sealed, and go only when unused', async () => {
    const view = await registry.repository();
    expect(await registry.waiting('fetch', view.id)).toBe(true);
    expect((await repositoryEndpoint(registry.admin, view.id)).credential).toMatchObject({ token: 'secret-token' });
    await updateRepository(registry.admin, { id: view.id, change: { credential: { kind: 'none' } } });
    expect((await repositoryEndpoint(registry.admin, view.id)).credential).toEqual({ kind: 'none' });
    await deleteRepository(registry.admin, view);
    const app = await registry.application();
    await expect(deleteRepository(registry.admin, app.repository)).rejects.toThrow(app.name);
  });

  test.each([
    ['https://u:p@git.example.com/a.git', 'invalid', /user or password/],
    ['http://git.example.com/a.git', 'refused', /QUARTERDECK_ALLOW_HTTP_GIT=on/],
    ['file:///srv/a.git', 'refused', /QUARTERDECK_ALLOW_FILE_GIT=on/],
    ['git@git.example.com:a.git', 'invalid', /key and known hosts/],
    ['--upload-pack=x', 'invalid', /starts with/],
    ['ext::sh -c x', 'invalid', /blanks/],
    ['ftp://git.example.com/a', 'invalid', /https or ssh/],
  ])('refuse %s (%s)', async (url, code, words) => {
    const error: unknown = await createRepository(registry.admin, { name: named('bad'), url }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code });
    expect(String(error)).toMatch(words);
  });
});

describe('the key of an ssh repository', () => {
  const pem = (words: string) => `-----BEGIN ${words}-----\nAAAA\n-----END ${words}-----`;
  test.each([
    ["OpenSSH's own format", makeSshKey().private, null],
    ["OpenSSH's own format with a passphrase", makeSshKey('secret').private, /passphrase/],
    ['PEM', pem('RSA PRIVATE KEY'), null],
    ['PEM with a passphrase', pem('ENCRYPTED PRIVATE KEY'), /passphrase/],
    [
      'old PEM with a passphrase',
      pem('RSA PRIVATE KEY').replace('AAAA', 'Proc-Type: 4,ENCRYPTED\n\nAAAA'),
      /passphrase/,
    ],
    ['a public key', makeSshKey().public, /not a private key/],
    ['a format cut short', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl', null],
  ])('%s', async (_what, privateKey, refusal) => {
    const name = named('keyed');
    const credential = { kind: 'ssh-key' as const, privateKey, knownHosts: 'git.example.com ssh-ed25519 AAAA' };
    const created = createRepository(registry.admin, { name, url: `git@git.example.com:${name}.git`, credential });
    if (refusal === null) await expect(created).resolves.toMatchObject({ name });
    else await expect(created).rejects.toThrow(refusal);
  });
});

describe('projects', () => {
  test('rename, refuse to go while in use, are audited', async () => {
    const app = await registry.application();
    const name = named('renamed');
    await updateProject(registry.admin, { id: app.project.id, change: { name } });
    expect(await getApplication(registry.viewer, app)).toMatchObject({ projectName: name });
    await expect(deleteProject(registry.admin, app.project)).rejects.toThrow(app.name);
    const empty = await registry.project();
    await deleteProject(registry.admin, empty);
    expect(await registry.events('project.delete', empty.id)).toHaveLength(1);
    await expect(deleteProject(registry.viewer, app.project)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await registry.events('project.delete', app.project.id)).toMatchObject([{ outcome: 'refused' }]);
  });
});
