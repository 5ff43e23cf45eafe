import { byConditions } from '../../patterns.ts';

/** Well once it recommends; no pods matched or a configuration it cannot follow (ConfigUnsupported) is a mistake of the spec. */
export const verticalPodAutoscalerHealth = byConditions({
  ready: ['RecommendationProvided'],
  trouble: ['NoPodsMatched', 'ConfigUnsupported'],
  failsWith: [],
});
