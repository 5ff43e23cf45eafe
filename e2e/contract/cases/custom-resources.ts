import { expect } from 'vitest';
import { at, eventually, itemsAt, type JsonMap, textAt } from '../../controlplane/api-client.ts';
import { type CustomKind, DEFINITIONS, definition, establish, isEstablished } from '../custom.ts';
import { causes, type ContractTopic, created, failure, fieldsOf, names, ok, type Subject } from '../subject.ts';

const list = (type: string, keys?: string[]): JsonMap => ({
  type: 'array',
  'x-kubernetes-list-type': type,
  ...(keys ? { 'x-kubernetes-list-map-keys': keys } : {}),
  items:
    type === 'map'
      ? {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' }, value: { type: 'string' } },
        }
      : { type: 'string' },
});

const SPEC: JsonMap = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'integer', minimum: 1 },
    replicas: { type: 'integer' },
    color: { type: 'string', enum: ['red', 'blue'], default: 'blue' },
    parts: list('map', ['name']),
    tags: list('set'),
    steps: list('atomic'),
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

const SUBRESOURCES: JsonMap = {
  subresources: {
    status: {},
    scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
  },
};

const kinds = new WeakMap<Subject, Promise<CustomKind>>();

/** The kind that the cases of this topic share, defined by the first of them. */
function widgets(subject: Subject): Promise<CustomKind> {
  const known = kinds.get(subject) ?? establish(subject, SPEC, SUBRESOURCES);
  kinds.set(subject, known);
  return known;
}

/** Creates one Widget; answers it with its path. */
async function newWidget(
  subject: Subject,
  spec: JsonMap,
): Promise<{ path: string; stored: JsonMap; kind: CustomKind }> {
  const kind = await widgets(subject);
  const name = subject.unique('widget');
  const stored = created(await subject.api.create(kind.path(), kind.object(name, { spec })));
  return { path: kind.path(name), stored, kind };
}

/** Kinds that users define. */
export const customResourceTopic: ContractTopic = {
  topic: 'custom resources',
  cases: [
    {
      name: 'a definition becomes Established and its names are accepted',
      async run(subject) {
        const kind = await widgets(subject);
        expect(await subject.read(`${DEFINITIONS}/${kind.definition}`)).toMatchObject({
          status: {
            acceptedNames: { plural: 'widgets', kind: 'Widget', listKind: 'WidgetList' },
            conditions: expect.arrayContaining([
              expect.objectContaining({ type: 'NamesAccepted', status: 'True' }),
              expect.objectContaining({ type: 'Established', status: 'True' }),
            ]),
            storedVersions: ['v1'],
          },
        });
      },
    },
    {
      name: 'a definition whose name does not fit is 422',
      async run({ api, ns }) {
        const body = definition(`misfit.${ns}.example.org`, { type: 'object' });
        const reply = await api.create(DEFINITIONS, { ...body, metadata: { name: 'other.example.org' } });
        expect(causes(failure(reply, 422, 'Invalid'))).toContainEqual(['metadata.name', 'FieldValueInvalid']);
      },
    },
    {
      name: 'the kind appears in discovery',
      async run(subject) {
        const { group, apiVersion } = await widgets(subject);
        const resources = await eventually('the kind is discovered', async () => {
          const reply = await subject.api.get(`/apis/${apiVersion}`);
          return reply.status === 200 && itemsAt(reply.json, 'resources');
        });
        expect(resources.find((one) => one['name'] === 'widgets')).toMatchObject({
          kind: 'Widget',
          namespaced: true,
          shortNames: ['wd'],
        });
        expect(resources.map((one) => one['name'])).toEqual(
          expect.arrayContaining(['widgets/status', 'widgets/scale']),
        );
        expect(await subject.read(`/apis/${group}`)).toMatchObject({ kind: 'APIGroup', name: group });
      },
    },
    {
      name: 'its schema appears in /openapi/v3',
      async run(subject) {
        const { apiVersion } = await widgets(subject);
        const document = await eventually('the schema is published', async () => {
          const reply = await subject.api.get(`/openapi/v3/apis/${apiVersion}`);
          return reply.status === 200 && reply.text;
        });
        expect(document).toContain('"x-kubernetes-list-map-keys":["name"]');
      },
    },
    {
      name: 'objects are stored, listed and get a generation',
      async run(subject) {
        const { stored, kind } = await newWidget(subject, { size: 1 });
        expect(stored).toMatchObject({ apiVersion: kind.apiVersion, kind: 'Widget', metadata: { generation: 1 } });
        const found = await subject.read(kind.path());
        expect(found).toMatchObject({ kind: 'WidgetList', apiVersion: kind.apiVersion });
        expect(itemsAt(found, 'items')).toContainEqual(stored);
      },
    },
    {
      name: 'generation follows the spec only',
      async run(subject) {
        const { path } = await newWidget(subject, { size: 1 });
        const change = async (body: JsonMap) =>
          at(ok(await subject.api.patch(path, { type: 'merge', body })), 'metadata.generation');
        expect(await change({ metadata: { labels: { a: 'b' } } })).toBe(1);
        expect(await change({ spec: { size: 2 } })).toBe(2);
      },
    },
    {
      name: 'what the schema forbids is 422 with causes',
      async run(subject) {
        const kind = await widgets(subject);
        const attempt = async (spec: JsonMap) =>
          causes(failure(await subject.api.create(kind.path(), kind.object('bad', { spec })), 422, 'Invalid'));
        expect(await attempt({ size: 0 })).toContainEqual(['spec.size', 'FieldValueInvalid']);
        expect(await attempt({})).toContainEqual(['spec.size', 'FieldValueRequired']);
        expect(await attempt({ size: 1, color: 'green' })).toContainEqual(['spec.color', 'FieldValueNotSupported']);
        expect(await attempt({ size: 'big' })).toContainEqual(['spec.size', 'FieldValueTypeInvalid']);
      },
    },
    {
      name: 'the same key twice in a map list is 422',
      async run(subject) {
        const kind = await widgets(subject);
        const spec = { size: 1, parts: [{ name: 'a' }, { name: 'a' }] };
        const reply = await subject.api.create(kind.path(), kind.object('bad', { spec }));
        expect(causes(failure(reply, 422, 'Invalid'))).toContainEqual(['spec.parts[1]', 'FieldValueDuplicate']);
      },
    },
    {
      name: 'defaults are filled in',
      async run(subject) {
        const { stored } = await newWidget(subject, { size: 1 });
        expect(at(stored, 'spec.color')).toBe('blue');
      },
    },
    {
      name: 'unknown fields are pruned, where they are not preserved',
      async run(subject) {
        const { stored } = await newWidget(subject, { size: 1, wings: 2, free: { anything: { goes: true } } });
        expect(stored['spec']).toEqual({ size: 1, color: 'blue', free: { anything: { goes: true } } });
      },
    },
    {
      name: 'fieldValidation=Strict refuses unknown fields',
      async run(subject) {
        const kind = await widgets(subject);
        const body = kind.object('strict', { spec: { size: 1, wings: 2 } });
        const status = failure(
          await subject.api.create(kind.path(), body, { fieldValidation: 'Strict' }),
          400,
          'BadRequest',
        );
        expect(status['message']).toContain('unknown field "spec.wings"');
      },
    },
    {
      name: 'a strategic patch is 415',
      async run(subject) {
        const { path } = await newWidget(subject, { size: 1 });
        const reply = await subject.api.patch(path, { type: 'strategic', body: { spec: { size: 2 } } });
        failure(reply, 415, 'UnsupportedMediaType');
      },
    },
    {
      name: 'a PUT without a resourceVersion is 422',
      async run(subject) {
        const { path, stored, kind } = await newWidget(subject, { size: 1 });
        const body = kind.object(textAt(stored, 'metadata.name'), { spec: { size: 2 } });
        const status = failure(await subject.api.replace(path, body), 422, 'Invalid');
        expect(causes(status)).toEqual([['metadata.resourceVersion', 'FieldValueInvalid']]);
      },
    },
    {
      name: 'apply merges map lists by key and sets by value, and takes atomic lists whole',
      async run(subject) {
        const kind = await widgets(subject);
        const name = subject.unique('applied');
        const apply = (spec: JsonMap, fieldManager: string) =>
          subject.api.apply(kind.path(name), kind.object(name, { spec }), { fieldManager });
        created(await apply({ size: 1, parts: [{ name: 'a', value: '1' }], tags: ['x'], steps: ['one'] }, 'team-a'));
        const both = ok(await apply({ size: 1, parts: [{ name: 'b', value: '2' }], tags: ['y'] }, 'team-b'));
        expect(both['spec']).toMatchObject({
          parts: [
            { name: 'a', value: '1' },
            { name: 'b', value: '2' },
          ],
          tags: ['x', 'y'],
        });
        expect(fieldsOf(both, 'team-a')).toMatchObject({
          'f:spec': {
            'f:parts': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
            'f:tags': { 'v:"x"': {} },
            'f:steps': {},
          },
        });
        const refused = failure(await apply({ size: 1, steps: ['two'] }, 'team-b'), 409, 'Conflict');
        expect(causes(refused)).toEqual([['.spec.steps', 'FieldManagerConflict']]);
        const less = ok(await apply({ size: 1 }, 'team-b'));
        expect(less['spec']).toMatchObject({ parts: [{ name: 'a', value: '1' }], tags: ['x'], steps: ['one'] });
      },
    },
    {
      name: 'the status subresource keeps spec and status apart',
      async run(subject) {
        const { path } = await newWidget(subject, { size: 1 });
        const patch = { type: 'merge', body: { spec: { size: 9 }, status: { phase: 'Good' } } } as const;
        const reported = ok(await subject.api.patch(`${path}/status`, patch));
        expect(reported).toMatchObject({ spec: { size: 1 }, status: { phase: 'Good' }, metadata: { generation: 1 } });
        const body = { spec: { size: 2 }, status: { phase: 'Bad' } };
        const changed = ok(await subject.api.patch(path, { type: 'merge', body }));
        expect(changed).toMatchObject({ spec: { size: 2 }, status: { phase: 'Good' }, metadata: { generation: 2 } });
      },
    },
    {
      name: 'the scale subresource reads and writes the paths of the definition',
      async run(subject) {
        const { path } = await newWidget(subject, { size: 1, replicas: 1 });
        expect(await subject.read(`${path}/scale`)).toMatchObject({ kind: 'Scale', spec: { replicas: 1 } });
        const patch = { type: 'merge', body: { spec: { replicas: 4 } } } as const;
        expect(at(ok(await subject.api.patch(`${path}/scale`, patch)), 'spec.replicas')).toBe(4);
        expect(at(await subject.read(path), 'spec.replicas')).toBe(4);
      },
    },
    {
      name: 'a watch shows them',
      async run(subject) {
        const kind = await widgets(subject);
        const watch = await subject.api.watch(kind.path());
        const { stored } = await newWidget(subject, { size: 3 });
        const name = textAt(stored, 'metadata.name');
        const event = await watch.next((one) => textAt(one.object, 'metadata.name') === name);
        watch.close();
        expect(event).toEqual({ type: 'ADDED', object: stored });
      },
    },
    {
      name: 'deleting a definition takes its objects and its path with it',
      async run(subject) {
        const kind = await establish(subject, { type: 'object' });
        created(await subject.api.create(kind.path(), kind.object('last')));
        const path = `${DEFINITIONS}/${kind.definition}`;
        ok(await subject.api.remove(path));
        await eventually('the definition is gone', async () => (await subject.api.get(path)).status === 404, 45_000);
        await eventually('the path is gone', async () => (await subject.api.get(kind.path())).status === 404);
        created(await subject.api.create(DEFINITIONS, definition(kind.group, { type: 'object' })));
        await eventually('the kind is back', async () => {
          const reply = await subject.api.get(kind.path());
          return isEstablished(await subject.read(path)) && reply.status === 200 && names(reply.json).length === 0;
        });
        ok(await subject.api.remove(path));
      },
    },
  ],
};
