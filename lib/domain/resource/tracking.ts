import { formatObjectKey, type Manifest, objectKeyOf } from './manifest.ts';

/** Field manager of every write by our own engine. */
export const FIELD_MANAGER = 'quarterdeck';

/**
 * Annotation that ties a live object to the application that owns it: `<application id>:<object key>`.
 * The key is part of the value so that a copied object (another name or namespace) is not taken for ours.
 */
export const TRACKING_ANNOTATION = 'quarterdeck.dev/tracking-id';

export function trackingId(applicationId: string, manifest: Manifest): string {
  return `${applicationId}:${formatObjectKey(objectKeyOf(manifest))}`;
}

/** The application an object says it belongs to, or null when untracked or when the annotation describes another object. */
export function trackedApplication(manifest: Manifest): string | null {
  const value = manifest.metadata.annotations?.[TRACKING_ANNOTATION];
  if (value === undefined) return null;
  const colon = value.indexOf(':');
  if (colon < 1) return null;
  return value.slice(colon + 1) === formatObjectKey(objectKeyOf(manifest)) ? value.slice(0, colon) : null;
}

/** A copy of the manifest that carries the tracking annotation. */
export function withTracking(applicationId: string, manifest: Manifest): Manifest {
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      annotations: { ...manifest.metadata.annotations, [TRACKING_ANNOTATION]: trackingId(applicationId, manifest) },
    },
  };
}
