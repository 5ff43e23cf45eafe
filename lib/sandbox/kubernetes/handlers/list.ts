import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { nameOf, namespaceOf } from '../objects.ts';
import { type Reply, type ResourceRequest, json } from '../request.ts';
import { representList } from '../represent.ts';
import { type Matcher, fieldMatcher, labelMatcher } from '../selectors.ts';
import { ApiError, badRequest, expired, fieldError, invalid } from '../status.ts';

/** The selectors of a list, watch or collection delete. */
export function matcherOf(request: ResourceRequest): Matcher {
  const labels = labelMatcher(request.query.get('labelSelector') ?? '');
  const extra = request.resource.custom?.selectableFields ?? [];
  const fields = fieldMatcher(request.query.get('fieldSelector') ?? '', { storage: request.resource.storage, extra });
  return (object) => labels(object) && fields(object) && (request.name === '' || nameOf(object) === request.name);
}

/** A resourceVersion of the query as a number; undefined when absent. Throws 400 when it is none. */
export function revisionOf(request: ResourceRequest): number | undefined {
  const text = request.query.get('resourceVersion') ?? '';
  if (text === '') return undefined;
  if (!/^\d+$/.test(text)) {
    throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'ListOptions' }, '', [
      fieldError('FieldValueInvalid', 'resourceVersion', { value: text, why: 'strconv.ParseUint: invalid syntax' }),
    ]);
  }
  return Number(text);
}

interface Position {
  revision: number;
  /** `namespace/name` of the last object of the page before. */
  after: string;
}

const encodePosition = (position: Position): string =>
  Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: position.revision, start: position.after })).toString(
    'base64url',
  );

function decodePosition(text: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (isObject(value) && typeof value['rv'] === 'number' && typeof value['start'] === 'string')
      return { revision: value['rv'], after: value['start'] };
  } catch {
    // Falls through to the refusal below.
  }
  throw badRequest('continue key is not valid: illegal base64 data');
}

const keyOf = (object: JsonObject): string => `${namespaceOf(object)}/${nameOf(object)}`;

function startOf(request: ResourceRequest): Position | undefined {
  const token = request.query.get('continue') ?? '';
  return token === '' ? undefined : decodePosition(token);
}

/** Objects and the revision they are at, honouring continue tokens and exact versions. */
function snapshot(
  request: ResourceRequest,
  position: Position | undefined,
): { objects: JsonObject[]; revision: number } {
  const { store } = request.cluster;
  const { storage } = request.resource;
  const exact = request.query.get('resourceVersionMatch') === 'Exact' ? revisionOf(request) : undefined;
  const wanted = position && position.revision >= 0 ? position.revision : exact;
  if (wanted === undefined) return { objects: store.list(storage, request.namespace), revision: store.revision };
  if (wanted >= store.compacted) return { objects: store.listAt(storage, request.namespace, wanted), revision: wanted };
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.';
  if (!position) throw expired('The resourceVersion for the provided list is too old.');
  const error: ApiError & { continueToken?: string } = expired(message);
  error.continueToken = encodePosition({ revision: -1, after: position.after });
  throw error;
}

export function listObjects(request: ResourceRequest): Reply {
  const matches = matcherOf(request);
  const asked = revisionOf(request);
  const position = startOf(request);
  if (asked !== undefined && asked > request.cluster.store.revision + 1_000_000)
    throw new ApiError({
      code: 504,
      reason: 'Timeout',
      message: `Too large resource version: ${asked}, current: ${request.cluster.store.revision}`,
    });
  const { objects, revision } = snapshot(request, position);
  const from = position ? objects.filter((object) => keyOf(object) > position.after) : objects;
  const limit = Number(request.query.get('limit') ?? 0);
  const page: JsonObject[] = [];
  let next: string | undefined;
  let remaining = 0;
  for (const object of from) {
    if (!matches(object)) continue;
    if (limit > 0 && page.length >= limit) {
      next ??= keyOf(page.at(-1) ?? object);
      remaining += 1;
    } else page.push(object);
  }
  const selective =
    (request.query.get('labelSelector') ?? '') !== '' || (request.query.get('fieldSelector') ?? '') !== '';
  const metadata: JsonObject = {
    resourceVersion: String(revision),
    ...(next === undefined ? {} : { continue: encodePosition({ revision, after: next }) }),
    ...(next === undefined || selective ? {} : { remainingItemCount: remaining }),
  };
  return json(representList(request, page, metadata));
}

/** The token a 410 carries to go on with, if any. */
export function continueTokenOf(error: ApiError): string | undefined {
  const token: unknown = 'continueToken' in error ? error.continueToken : undefined;
  return typeof token === 'string' ? token : undefined;
}
