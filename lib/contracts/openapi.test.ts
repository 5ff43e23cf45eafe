import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
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
