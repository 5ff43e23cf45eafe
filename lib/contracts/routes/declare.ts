import type { z } from 'zod';
import type { Permission } from '#lib/domain/policy/roles.ts';

/** Who may call: anyone, anyone signed in, or whoever has the permission (checked again by the verb). */
export type Access = 'public' | 'signed-in' | Permission;

/** One method of one path: the single source of its route file, its OpenAPI operation and its types. */
export interface RouteDeclaration {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/clusters/{id}`; placeholders are the keys of `params`. */
  path: `/api/v1/${string}`;
  access: Access;
  tag: string;
  summary: string;
  /** What a caller should know beyond the schemas. */
  description?: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Other content types of the body, handed to the handler as text; the body's schema then applies to what it makes of it. */
  textBody?: readonly string[];
  /** Bytes; the default is 1 MiB. */
  bodyLimit?: number;
  status: 200 | 201 | 202 | 204;
  /** JSON that is answered; null with status 204, or when `stream` names what is sent. Unknown fields are removed by it. */
  response: z.ZodType | null;
  /** Content types of an answer that is no JSON. */
  stream?: readonly string[];
}

/** Keeps the schemas' own types. */
export function declare<const Declaration extends RouteDeclaration>(declaration: Declaration): Declaration {
  return declaration;
}
