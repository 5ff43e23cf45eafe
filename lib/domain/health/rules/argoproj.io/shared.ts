import { textAt } from '../../../resource/json.ts';
import { byPhase } from '../patterns.ts';
import type { HealthRule } from '../rule.ts';

const byPhaseOfAnalysis = byPhase({ healthy: ['Successful'], degraded: ['Failed', 'Error'] });

/** Argo Rollouts runs analyses and experiments by the same phases (AnalysisPhase); an inconclusive one waits for a person. */
export const analysisHealth: HealthRule = (manifest) => {
  if (textAt(manifest, 'status', 'phase') !== 'Inconclusive') return byPhaseOfAnalysis(manifest);
  return { status: 'Unknown', message: textAt(manifest, 'status', 'message') || 'The result is inconclusive' };
};
