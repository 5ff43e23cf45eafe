import { expect } from 'vitest';
import { textAt } from '../../controlplane/api-client.ts';
import { type ContractCase, type ContractTopic, configMap, failure, ok } from '../subject.ts';

/** Who may ask, whether the server is up, and the words for a wrong door. */
export const accessTopic: ContractTopic = {
  topic: 'access',
  cases: [
    {
      name: '/version names major, minor and gitVersion',
      async run({ api }) {
        const version = ok(await api.get('/version'));
        expect(version).toMatchObject({ major: '1', gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/) });
        expect(textAt(version, 'minor')).toMatch(/^\d+/);
        expect(textAt(version, 'platform')).toMatch(/^\w+\/\w+$/);
      },
    },
    ...['/healthz', '/livez', '/readyz'].map((path): ContractCase => ({
      name: `${path} answers ok as text`,
      async run({ api }) {
        const reply = await api.get(path);
        expect({ status: reply.status, text: reply.text }).toEqual({ status: 200, text: 'ok' });
        expect(reply.headers['content-type']).toMatch(/^text\/plain/);
      },
    })),
    {
      name: 'no token is 401',
      async run({ api, core }) {
        failure(await api.get(core('configmaps'), {}, { token: null }), 401, 'Unauthorized');
      },
    },
    {
      name: 'a wrong token is 401',
      async run({ api }) {
        const status = failure(await api.get('/api', {}, { token: 'wrong' }), 401, 'Unauthorized');
        expect(status['message']).toBe('Unauthorized');
      },
    },
    {
      name: 'a write without a token is 401 and changes nothing',
      async run({ api, core, unique }) {
        const name = unique('secretly');
        const body = configMap(name);
        failure(await api.send('POST', core('configmaps'), { body, token: null }), 401, 'Unauthorized');
        failure(await api.get(core('configmaps', name)), 404, 'NotFound');
      },
    },
    {
      name: 'an unknown path is 404',
      async run({ api }) {
        expect((await api.get('/nowhere')).status).toBe(404);
        expect((await api.get('/apis/nowhere.example/v1/things')).status).toBe(404);
      },
    },
    {
      name: 'an unknown resource of a known group is 404',
      async run({ api, core }) {
        expect((await api.get(core('unicorns'))).status).toBe(404);
      },
    },
    {
      name: 'a missing object is 404 with kind and name in the details',
      async run({ api, core, apps }) {
        const missing = failure(await api.get(core('configmaps', 'absent')), 404, 'NotFound');
        expect(missing['details']).toEqual({ name: 'absent', kind: 'configmaps' });
        expect(missing['message']).toBe('configmaps "absent" not found');
        const grouped = failure(await api.get(apps('deployments', 'absent')), 404, 'NotFound');
        expect(grouped['details']).toEqual({ name: 'absent', group: 'apps', kind: 'deployments' });
        expect(grouped['message']).toBe('deployments.apps "absent" not found');
      },
    },
    {
      name: 'a verb the path does not have is 405',
      async run({ api, core }) {
        failure(
          await api.send('POST', core('configmaps', 'some'), { body: configMap('some') }),
          405,
          'MethodNotAllowed',
        );
        failure(await api.send('PUT', core('configmaps'), { body: configMap('some') }), 405, 'MethodNotAllowed');
      },
    },
    {
      name: 'a representation nobody serves is 406',
      async run({ api, core }) {
        const reply = await api.get(core('configmaps'), {}, { accept: 'text/csv' });
        failure(reply, 406, 'NotAcceptable');
      },
    },
    {
      name: 'a body of an unknown media type is 415',
      async run({ api, core }) {
        const call = { body: 'a,b', contentType: 'text/csv' };
        failure(await api.send('POST', core('configmaps'), call), 415, 'UnsupportedMediaType');
      },
    },
    {
      name: 'a body in YAML is understood',
      async run({ api, core, unique }) {
        const name = unique('yaml');
        const body = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "1"\n`;
        const reply = await api.send('POST', core('configmaps'), { body, contentType: 'application/yaml' });
        expect(reply.status).toBe(201);
        expect(reply.json).toMatchObject({ metadata: { name }, data: { a: '1' } });
      },
    },
    {
      name: 'a body that is no JSON is 400',
      async run({ api, core }) {
        failure(await api.send('POST', core('configmaps'), { body: '{"kind":' }), 400, 'BadRequest');
      },
    },
  ],
};
