import type { Manifest } from '../../../../resource/manifest.ts';
import {
  type Condition,
  conditionsOf,
  conditionText,
  degraded,
  HEALTHY,
  type HealthRule,
  progressing,
} from '../../rule.ts';

const BROKEN =
  /^(FailedGetScale|FailedUpdateScale|FailedGet(Resource|Object|Pods|External|ContainerResource)Metric|FailedComputeMetricsReplicas|InvalidSelector|InvalidMetricSourceType)$/;
/** autoscaling/v1 has no conditions of its own; the server keeps them here as JSON. */
const V1_CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions';

/** Degraded when it cannot scale or cannot read its metrics. */
export const horizontalPodAutoscalerHealth: HealthRule = (manifest) => {
  const conditions = readConditions(manifest);
  const broken = conditions.find(
    ({ type, reason }) => (type === 'AbleToScale' || type === 'ScalingActive') && BROKEN.test(reason),
  );
  if (broken !== undefined) return degraded(`Cannot scale: ${conditionText(broken, broken.type)}`);
  const able = conditions.some(
    ({ type, status }) => (type === 'AbleToScale' || type === 'ScalingLimited') && status === 'True',
  );
  return able ? HEALTHY : progressing('Waiting for the autoscaler to read its metrics');
};

function readConditions(manifest: Manifest): Condition[] {
  const text = manifest.metadata.annotations?.[V1_CONDITIONS];
  if (typeof text !== 'string') return conditionsOf(manifest);
  try {
    return conditionsOf({ ...manifest, status: { conditions: JSON.parse(text) } });
  } catch {
    return [];
  }
}
