import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from './openapi.ts';
import { ROUTES } from './routes.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** `METHOD path` of every exported method of every route file. */
function routeFiles(): string[] {
  const found = readdirSync(path.join(ROOT, 'app/api/v1'), { recursive: true, encoding: 'utf8' });
  return found
    .filter((file) => path.basename(file) === 'route.ts')
    .flatMap((file) => {
      const text = readFileSync(path.join(ROOT, 'app/api/v1', file), 'utf8');
      const url = `/api/v1/${path.dirname(file)}`.replaceAll(/\[(\w+)\]/g, '{$1}');
      return [...text.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)].map((match) => `${match[1]} ${url}`);
    })
    .sort();
}

describe('the API', () => {
  const declared = Object.entries(ROUTES);

  test('has a file for every declared route, and a declaration for every file', () => {
    expect(routeFiles()).toEqual(declared.map(([, route]) => `${route.method} ${route.path}`).sort());
  });

  test('declares no method of a path twice', () => {
    const keys = declared.map(([, route]) => `${route.method} ${route.path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each(declared)('%s names the placeholders of its path as params', (_name, route) => {
    const placeholders = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const shape = 'params' in route ? Object.keys(route.params.shape) : [];
    expect(new Set(shape)).toEqual(new Set(placeholders));
  });

  /** A misspelt field is refused by name instead of being dropped in silence. */
  const bodies = declared.flatMap(([name, route]) => ('body' in route ? [[name, route.body] as const] : []));
  test.each(bodies)('%s takes no field that it does not know', (_name, body) => {
    const open: string[] = [];
    const walk = (node: unknown, where: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('properties' in node && !('additionalProperties' in node && node.additionalProperties === false))
        open.push(where);
      for (const [key, child] of Object.entries(node)) walk(child, `${where}/${key}`);
    };
    walk(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }), '');
    expect(open).toEqual([]);
  });

  test('is served as the committed document', () => {
    const committed: unknown = JSON.parse(readFileSync(path.join(ROOT, 'public/openapi.json'), 'utf8'));
    expect(committed, 'run `npm run generate`').toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  test('describes every operation with its answer', () => {
    const document = openApiDocument();
    expect(document['openapi']).toBe('3.1.0');
    expect(JSON.stringify(document['paths']).match(/"operationId":"/g)).toHaveLength(declared.length);
    expect(JSON.stringify(document)).not.toContain('"passwordHash"');
  });
});

/** What OpenAPI 3.1 asks of a document, as far as ours could break it. */
describe('the document', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument())) as Node;
  const operations = Object.entries(childrenOf(document, 'paths')).flatMap(([url, methods]) =>
    Object.entries(methods as Node).map(([method, operation]) => ({ url, method, operation: operation as Node })),
  );

  test('names every operation once, with a tag and a summary', () => {
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(operations.length);
    for (const { operation } of operations) {
      expect(operation['summary']).toMatch(/\S/);
      expect(operation['tags']).toHaveLength(1);
    }
  });

  test('answers every operation with what it promises, or a problem', () => {
    for (const { url, method, operation } of operations) {
      const { default: problem, ...answers } = childrenOf(operation, 'responses');
      expect(problem, url).toEqual({ $ref: '#/components/responses/Problem' });
      const [status = '', ...others] = Object.keys(answers);
      expect(others, url).toEqual([]);
      const content = childrenOf(answers, status)['content'];
      expect(content === undefined, `${method} ${url} ${status}`).toBe(status === '204');
    }
  });

  test('asks for a session unless anybody may call', () => {
    expect(document['security']).toEqual([{ session: [] }]);
    expect(childrenOf(document, 'components', 'securitySchemes')['session']).toMatchObject({
      type: 'apiKey',
      in: 'cookie',
    });
    const open = operations.filter(({ operation }) => operation['security'] !== undefined);
    expect(open.map(({ operation }) => String(operation['operationId'])).sort()).toEqual(
      declared(ROUTES, 'public').sort(),
    );
  });

  test('requires what stands in a path', () => {
    for (const { url, operation } of operations) {
      const parameters = (operation['parameters'] ?? []) as { name: string; in: string; required: boolean }[];
      const inPath = parameters.filter((one) => one.in === 'path');
      expect(
        inPath.every((one) => one.required),
        url,
      ).toBe(true);
      expect(inPath.map((one) => `{${one.name}}`).sort(), url).toEqual((url.match(/\{\w+\}/g) ?? []).sort());
    }
  });

  test('refers only to what it holds, in words of JSON Schema 2020-12', () => {
    const schemas: Node[] = [];
    visit(document, (node, key) => {
      if (typeof node['$ref'] === 'string') expect(at(document, node['$ref']), node['$ref']).toBeDefined();
      if (key === 'schema') schemas.push(node);
    });
    expect(schemas.length).toBeGreaterThan(operations.length);
    for (const schema of [...schemas, ...Object.values(childrenOf(document, 'components', 'schemas'))])
      checkSchema(schema);
  });
});

type Node = Record<string, unknown>;

function declared(routes: typeof ROUTES, access: string): string[] {
  return Object.entries(routes).flatMap(([name, route]) => (route.access === access ? [name] : []));
}

function childrenOf(node: Node, ...path: string[]): Node {
  return path.reduce<Node>((found, key) => (found[key] ?? {}) as Node, node);
}

function at(document: Node, reference: string): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((found, key) => (found as Node | undefined)?.[key], document);
}

function visit(value: unknown, see: (node: Node, key: string) => void, key = ''): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, see));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  see(value as Node, key);
  for (const [name, child] of Object.entries(value)) visit(child, see, name);
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const PLAIN = new Set(
  'format pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems required enum const default examples description title $ref'.split(
    ' ',
  ),
);

function checkSchema(schema: unknown): void {
  if (typeof schema === 'boolean') return;
  for (const [word, value] of Object.entries(schema as Node)) {
    if (word === 'type') [value].flat().forEach((type) => expect(TYPES).toContain(type));
    else if (word === 'properties') Object.values(value as Node).forEach(checkSchema);
    else if (['anyOf', 'oneOf', 'allOf', 'prefixItems'].includes(word)) (value as unknown[]).forEach(checkSchema);
    else if (['items', 'additionalProperties', 'propertyNames', 'not'].includes(word)) checkSchema(value);
    else if (word === 'pattern') expect(() => new RegExp(String(value), 'u')).not.toThrow();
    else expect(PLAIN, word).toContain(word);
  }
}
