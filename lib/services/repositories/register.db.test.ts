import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Registry, named, openRegistry } from '#lib/testing/registering.ts';
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
