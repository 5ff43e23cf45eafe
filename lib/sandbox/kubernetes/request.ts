import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import type { Cluster } from './cluster.ts';
import type { Resource } from './resources.ts';
import { badRequest, fieldError, invalid } from './status.ts';
import type { WriteOptions } from './write.ts';

/** One decoded HTTP request to an API server. */
export interface ApiRequest {
  cluster: Cluster;
  method: string;
  path: string;
  query: URLSearchParams;
  accept: string;
  contentType: string;
  userAgent: string;
  body: string;
  warnings: string[];
}

/** A request for one resource. `name` and `subresource` are '' where the path has none. */
export interface ResourceRequest extends ApiRequest {
  resource: Resource;
  namespace: string;
  name: string;
  subresource: string;
}

export type Reply =
  | { kind: 'json'; code: number; body: JsonObject; type?: string }
  | { kind: 'text'; code: number; text: string; type?: string }
  | { kind: 'stream'; type: string; start: (stream: StreamSink) => void };

/** Where a streaming reply writes; `onClose` runs when either side ends it. */
export interface StreamSink {
  write(text: string): void;
  end(): void;
  onClose(callback: () => void): void;
}

export const json = (body: JsonObject, code = 200): Reply => ({ kind: 'json', code, body });

/** The manager a write is recorded under: the query's, else the first word of the user agent. */
export function managerOf(request: ApiRequest): string {
  const named = request.query.get('fieldManager');
  if (named !== null && named !== '') {
    if (named.length > 128)
      throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'CreateOptions' }, '', [
        fieldError('FieldValueTooLong', 'fieldManager', { why: 'may not be more than 128 bytes' }),
      ]);
    return named;
  }
  return request.userAgent.split('/')[0]?.slice(0, 128) || 'unknown';
}

const FLAGS = new Set(['Strict', 'Warn', 'Ignore']);

/** Write options of the query. Throws for values nobody knows. */
export function writeOptions(request: ApiRequest, subresource: string): WriteOptions {
  const dryRun = request.query.getAll('dryRun').filter((value) => value !== '');
  if (dryRun.some((value) => value !== 'All')) {
    const error = fieldError('FieldValueNotSupported', 'dryRun', { value: dryRun, why: 'supported values: "All"' });
    throw invalid(
      {
        group: 'meta.k8s.io',
        plural: '',
        kind:
          request.method === 'PATCH' ? 'PatchOptions' : request.method === 'PUT' ? 'UpdateOptions' : 'CreateOptions',
      },
      '',
      [error],
    );
  }
  const validation = request.query.get('fieldValidation') ?? '';
  if (validation !== '' && !FLAGS.has(validation)) {
    const error = fieldError('FieldValueNotSupported', 'fieldValidation', {
      value: validation,
      why: 'supported values: "Ignore", "Strict", "Warn"',
    });
    throw invalid({ group: 'meta.k8s.io', plural: '', kind: 'CreateOptions' }, '', [error]);
  }
  return {
    manager: managerOf(request),
    dryRun: dryRun.length > 0,
    subresource,
    fieldValidation: validation === 'Strict' || validation === 'Ignore' ? validation : 'Warn',
    warnings: request.warnings,
  };
}

/** A boolean of the query, absent = false. Throws 400 for words that are none. */
export function flag(request: ApiRequest, name: string): boolean {
  const value = request.query.get(name);
  if (value === null || value === 'false' || value === '0') return false;
  if (value === '' || value === 'true' || value === '1') return true;
  throw badRequest(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
}
