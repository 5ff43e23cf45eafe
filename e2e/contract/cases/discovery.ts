import { expect } from 'vitest';
import { itemsAt, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { type ContractTopic, ok } from '../subject.ts';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,' +
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

const named = (list: JsonMap[], key: string, value: string): JsonMap => {
  const found = list.find((one) => one[key] === value);
  if (!found) throw new Error(`No ${key} ${value} in ${JSON.stringify(list)}`);
  return found;
};

/** What a client learns before its first call: groups, resources, schemas; in the old form and the aggregated one. */
export const discoveryTopic: ContractTopic = {
  topic: 'discovery',
  cases: [
    {
      name: '/api lists v1',
      async run({ api }) {
        expect(ok(await api.get('/api'))).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
      },
    },
    {
      name: '/apis lists the groups with their preferred version',
      async run({ api }) {
        const list = ok(await api.get('/apis'));
        expect(list).toMatchObject({ kind: 'APIGroupList', apiVersion: 'v1' });
        const groups = itemsAt(list, 'groups');
        for (const name of ['apps', 'batch', 'networking.k8s.io', 'rbac.authorization.k8s.io', 'apiextensions.k8s.io'])
          expect(named(groups, 'name', name)).toMatchObject({
            versions: expect.arrayContaining([{ groupVersion: `${name}/v1`, version: 'v1' }]),
            preferredVersion: { groupVersion: `${name}/v1`, version: 'v1' },
          });
      },
    },
    {
      name: '/apis/GROUP describes one group',
      async run({ api }) {
        expect(ok(await api.get('/apis/apps'))).toMatchObject({
          kind: 'APIGroup',
          name: 'apps',
          preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
        });
      },
    },
    {
      name: '/api/v1 names resources with kind, scope, verbs and short names',
      async run({ api }) {
        const list = ok(await api.get('/api/v1'));
        expect(list).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' });
        const resources = itemsAt(list, 'resources');
        expect(named(resources, 'name', 'configmaps')).toMatchObject({
          singularName: 'configmap',
          namespaced: true,
          kind: 'ConfigMap',
          shortNames: ['cm'],
          verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
        });
        expect(named(resources, 'name', 'namespaces')).toMatchObject({ namespaced: false, kind: 'Namespace' });
        expect(named(resources, 'name', 'pods/log')).toMatchObject({ kind: 'Pod', verbs: ['get'] });
      },
    },
    {
      name: '/apis/apps/v1 names the subresources with the kind they speak',
      async run({ api }) {
        const resources = itemsAt(ok(await api.get('/apis/apps/v1')), 'resources');
        expect(named(resources, 'name', 'deployments')).toMatchObject({ categories: ['all'], shortNames: ['deploy'] });
        expect(named(resources, 'name', 'deployments/scale')).toMatchObject({
          group: 'autoscaling',
          version: 'v1',
          kind: 'Scale',
          verbs: ['get', 'patch', 'update'],
        });
        expect(named(resources, 'name', 'deployments/status')).toMatchObject({ kind: 'Deployment' });
      },
    },
    {
      name: 'aggregated discovery of /api answers the core group when asked for',
      async run({ api }) {
        const reply = await api.get('/api', {}, { accept: AGGREGATED });
        expect(ok(reply)).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' });
        expect(reply.headers['content-type']).toContain('as=APIGroupDiscoveryList');
        const [group] = itemsAt(reply.json, 'items');
        const [version] = itemsAt(group, 'versions');
        expect(named(itemsAt(version, 'resources'), 'resource', 'services')).toMatchObject({
          responseKind: { group: '', kind: 'Service' },
          scope: 'Namespaced',
          singularResource: 'service',
          shortNames: ['svc'],
          categories: ['all'],
        });
      },
    },
    {
      name: 'aggregated discovery of /apis answers every group with subresources',
      async run({ api }) {
        const list = ok(await api.get('/apis', {}, { accept: AGGREGATED }));
        const apps = itemsAt(list, 'items').find((group) => textAt(group, 'metadata.name') === 'apps');
        const version = named(itemsAt(apps, 'versions'), 'version', 'v1');
        const deployments = named(itemsAt(version, 'resources'), 'resource', 'deployments');
        expect(deployments).toMatchObject({ scope: 'Namespaced', verbs: expect.arrayContaining(['patch', 'watch']) });
        expect(named(itemsAt(deployments, 'subresources'), 'subresource', 'scale')).toMatchObject({
          responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
        });
      },
    },
    {
      name: 'aggregated discovery is not sent to who did not ask',
      async run({ api }) {
        expect(ok(await api.get('/apis', {}, { accept: 'application/json' }))['kind']).toBe('APIGroupList');
      },
    },
    {
      name: '/openapi/v3 lists one document for each group version',
      async run({ api }) {
        const paths = ok(await api.get('/openapi/v3'))['paths'];
        expect(paths).toMatchObject({
          'api/v1': { serverRelativeURL: expect.stringMatching(/^\/openapi\/v3\/api\/v1(\?hash=.+)?$/) },
          'apis/apps/v1': { serverRelativeURL: expect.stringMatching(/^\/openapi\/v3\/apis\/apps\/v1(\?hash=.+)?$/) },
        });
      },
    },
    {
      name: '/openapi/v3 documents carry kinds and what steers lists',
      async run({ api }) {
        const document = ok(await api.get('/openapi/v3/apis/apps/v1'));
        expect(document['openapi']).toMatch(/^3\./);
        expect(document).toMatchObject({
          components: {
            schemas: {
              'io.k8s.api.apps.v1.Deployment': {
                'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'Deployment', version: 'v1' }],
              },
              'io.k8s.api.core.v1.PodSpec': {
                properties: {
                  containers: {
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    'x-kubernetes-patch-merge-key': 'name',
                    'x-kubernetes-patch-strategy': 'merge',
                  },
                },
              },
            },
          },
        });
      },
    },
  ],
};
