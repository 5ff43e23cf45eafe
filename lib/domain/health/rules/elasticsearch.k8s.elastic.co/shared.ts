import { objectAt, textAt, numberAt } from '../../../resource/json.ts';
import type { Manifest } from '../../../resource/manifest.ts';
import { isUnseen, UNTOLD, UNSEEN } from '../patterns.ts';
import { degraded, HEALTHY, type HealthRule, ofTotal, progressing, suspended } from '../rule.ts';

/** A person took it out of the operator's hands (annotation of Elastic Cloud on Kubernetes). */
export function isUnmanaged(manifest: Manifest): boolean {
  return objectAt(manifest, 'metadata', 'annotations')['eck.k8s.elastic.co/managed'] === 'false';
}

/**
 * Everything around Elasticsearch: a colour for the pods, and whether it was linked to its Elasticsearch. Kibana and APM know
 * no yellow.
 */
export const elasticStackHealth: HealthRule = (manifest) => {
  if (isUnmanaged(manifest)) return suspended('Not managed, by annotation');
  if (isUnseen(manifest)) return progressing(UNSEEN);
  const link =
    textAt(manifest, 'status', 'elasticsearchAssociationStatus') || textAt(manifest, 'status', 'associationStatus');
  if (link === 'Failed') return degraded('Cannot be linked to its Elasticsearch');
  if (link === 'Pending') return progressing('Waiting for its Elasticsearch');
  const colour = textAt(manifest, 'status', 'health');
  if (colour === 'green') return HEALTHY;
  if (colour === 'red') return degraded('Health is red: no pod is available');
  const expected = numberAt(manifest, ['status', 'expectedNodes']);
  const available = numberAt(manifest, ['status', 'availableNodes']);
  if (expected > 0) return progressing(`${ofTotal(available, expected, 'pod')} available`);
  return progressing(colour ? `Health is ${colour}` : UNTOLD);
};
