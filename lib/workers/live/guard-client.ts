import { type ClusterClient, ClusterError } from '#lib/ports/cluster.ts';
import type { Breaker } from './breaker.ts';

/** The client with every call counted by the breaker; a refusal by the API server counts as an answer. */
export function guardClient(client: ClusterClient, breaker: Breaker): ClusterClient {
  const call = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    breaker.check();
    try {
      const result = await work();
      breaker.succeed();
      return result;
    } catch (error) {
      if (error instanceof ClusterError) breaker.fail(error);
      throw error;
    }
  };
  return {
    version: (options) => call(() => client.version(options)),
    discover: (options) => call(() => client.discover(options)),
    openApi: (path, options) => call(() => client.openApi(path, options)),
    get: (ref, options) => call(() => client.get(ref, options)),
    list: (kind, query, options) => call(() => client.list(kind, query, options)),
    watch: (kind, query, signal) => client.watch(kind, query, signal),
    apply: (ref, manifest, options) => call(() => client.apply(ref, manifest, options)),
    replace: (ref, manifest, options) => call(() => client.replace(ref, manifest, options)),
    remove: (ref, options) => call(() => client.remove(ref, options)),
    close: () => client.close(),
  };
}
