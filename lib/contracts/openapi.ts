import { z } from 'zod';
import { problem } from './common.ts';
import { ROUTES } from './routes.ts';
import type { RouteDeclaration } from './routes/declare.ts';

type Schema = Record<string, unknown>;

/** Also taken from the request, when it sends a sane one. */
const REQUEST_ID: Schema = {
  'x-request-id': { description: 'Finds this request in the log and the audit', schema: { type: 'string' } },
};

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}

/** One parameter per member of an object schema. */
function parametersOf(type: z.ZodType | undefined, place: 'path' | 'query'): Schema[] {
  if (!type) return [];
  const { properties, required } = z
    .object({
      properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
      required: z.array(z.string()).default([]),
    })
    .parse(schemaOf(type, 'input'));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

function bodyOf(route: RouteDeclaration): Schema {
  if (!route.body) return {};
  const content: Schema = { 'application/json': { schema: schemaOf(route.body, 'input') } };
  for (const type of route.textBody ?? []) content[type] = { schema: { type: 'string' } };
  return { requestBody: { required: true, content } };
}

function answerOf(route: RouteDeclaration): Schema {
  const streams = (route.stream ?? []).map((type) => [type, { schema: { type: 'string' } }] as const);
  const content = route.response
    ? { 'application/json': { schema: schemaOf(route.response, 'output') } }
    : Object.fromEntries(streams);
  return {
    description: route.summary,
    headers: REQUEST_ID,
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

function accessOf(route: RouteDeclaration): Schema {
  if (route.access === 'public') return { security: [] };
  return route.access === 'signed-in' ? {} : { 'x-permission': route.access };
}

function operationOf(name: string, route: RouteDeclaration): Schema {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...accessOf(route),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(route),
    responses: { [route.status]: answerOf(route), default: { $ref: '#/components/responses/Problem' } },
  };
}

/** The OpenAPI 3.1 document of every declared route; the same routes give the same document. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Schema> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(name, route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quarterdeck',
      version: 'v1',
      description: 'The single pane of glass for GitOps over many Kubernetes clusters.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'quarterdeck.session_token',
          description:
            'Set by `POST /api/v1/session`. Over https its name begins with `__Secure-`. A write from a browser must come from Quarterdeck itself: the origin is checked.',
        },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
      responses: {
        Problem: {
          description:
            'What went wrong, as RFC 9457 problem document: 400 invalid, 401 unauthenticated, 403 forbidden, 404 not-found, 409 conflict, 413 too-large, 422 refused, 429 rate-limited, 500 internal, 503 unavailable',
          headers: REQUEST_ID,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}
