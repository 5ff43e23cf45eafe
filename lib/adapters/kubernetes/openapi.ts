import { isObject } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { reduceDefinitions } from '#lib/domain/schema/reduce.ts';
import { type CallOptions, ClusterError } from '#lib/ports/cluster.ts';
import type { Transport } from './transport.ts';

const GROUP_VERSION = /^(?:api|apis\/[a-z0-9.-]{1,253})\/[a-z0-9]{1,63}$/;

/** `{ components: { schemas } }` of one group version without prose; null where the cluster does not serve it. */
export async function readOpenApi(
  transport: Transport,
  path: string,
  options: CallOptions | undefined,
): Promise<JsonObject | null> {
  if (!GROUP_VERSION.test(path)) throw new ClusterError('invalid', `${path.slice(0, 100)} names no group version`);
  try {
    const document = await transport.json({
      what: `read the schemas of ${path}`,
      method: 'GET',
      path: `/openapi/v3/${path}`,
      repeatable: true,
      options,
      timeoutMs: transport.settings.listTimeoutMs,
    });
    const reduced: unknown = JSON.parse(JSON.stringify(reduceDefinitions(document)));
    return { components: { schemas: isObject(reduced) ? reduced : {} } };
  } catch (error) {
    if (error instanceof ClusterError && error.reason === 'not-found') return null;
    throw error;
  }
}
