import { byConditions } from '../../patterns.ts';
import { conditionOf, conditionsOf, conditionText, type HealthRule, progressing } from '../../rule.ts';

const byRecommendation = byConditions({
  ready: ['RecommendationProvided'],
  trouble: ['ConfigUnsupported'],
  failsWith: [],
});

/** Without pods or history it has nothing to recommend yet; only a configuration it does not support is a failure. */
export const verticalPodAutoscalerHealth: HealthRule = (manifest) => {
  const health = byRecommendation(manifest);
  if (health.status !== 'Progressing') return health;
  const why = conditionsOf(manifest).find(
    ({ type, status }) => status === 'True' && (type === 'NoPodsMatched' || type === 'FetchingHistory'),
  );
  if (why) return progressing(conditionText(why, why.type));
  return conditionOf(manifest, 'RecommendationProvided') ? progressing('No recommendation yet') : health;
};
