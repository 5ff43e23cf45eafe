import { formatObjectKey, type Manifest, objectKeyOf, parseApiVersion } from '#lib/domain/resource/manifest.ts';
import { scopeOf, scopesOfDefinitions } from '#lib/domain/resource/scope.ts';
import { RenderError } from '#lib/ports/renderer.ts';

/** Answers whether the cluster serves a kind inside namespaces; null when it cannot be asked or does not serve it. */
export type AskScope = (group: string, kind: string) => Promise<boolean | null>;

export interface Placed {
  manifests: Manifest[];
  /** `group/Kind` of which nobody could say whether it lives in namespaces; taken for one that does. Sorted. */
  guessed: string[];
}

/**
 * Puts rendered objects where they belong: the application's namespace where none is written, none for kinds that have
 * none. Throws RenderError 'duplicate' when two of them turn out to be one.
 */
export async function placeManifests(manifests: Manifest[], namespace: string, ask: AskScope): Promise<Placed> {
  const beside = scopesOfDefinitions(manifests);
  const placed: Manifest[] = [];
  const seen = new Set<string>();
  const guessed = new Set<string>();
  for (const manifest of manifests) {
    const { group } = parseApiVersion(manifest.apiVersion);
    const scope = scopeOf(group, manifest.kind, beside) ?? (await ask(group, manifest.kind));
    if (scope === null) guessed.add(`${group}/${manifest.kind}`);
    const namespaced = scope ?? true;
    const { namespace: written, ...metadata } = manifest.metadata;
    const one: Manifest = {
      ...manifest,
      metadata: namespaced ? { ...metadata, namespace: written || namespace } : metadata,
    };
    const key = formatObjectKey(objectKeyOf(one));
    if (seen.has(key)) {
      const where = one.metadata.namespace === undefined ? '' : ` in namespace ${one.metadata.namespace}`;
      throw new RenderError(
        'duplicate',
        `${one.kind} ${one.metadata.name}${where} is rendered twice; keep one of the two.`,
      );
    }
    seen.add(key);
    placed.push(one);
  }
  return { manifests: placed, guessed: [...guessed].sort() };
}
