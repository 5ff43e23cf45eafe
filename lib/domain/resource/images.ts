import type { Manifest } from './manifest.ts';

const LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers']);
const DEEPEST = 12;

/** Container images a set of objects runs, sorted, each once. */
export function imagesOf(manifests: Iterable<Manifest>): string[] {
  const images = new Set<string>();
  for (const manifest of manifests) collect(manifest['spec'], images, 0);
  return [...images].sort();
}

function collect(value: unknown, images: Set<string>, depth: number): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
  for (const [field, child] of Object.entries(value)) {
    if (LISTS.has(field) && Array.isArray(child)) {
      for (const container of child as unknown[]) {
        if (typeof container !== 'object' || container === null || !('image' in container)) continue;
        if (typeof container.image === 'string') images.add(container.image);
      }
    } else {
      collect(child, images, depth + 1);
    }
  }
}
