import { byConditions } from '../../patterns.ts';

/** A schedule is well unless it cannot be read or its workflow cannot be submitted; a suspended one is Suspended like a CronJob. */
export const cronWorkflowHealth = byConditions({
  ready: [],
  trouble: ['SpecError', 'SubmissionError'],
  suspendedBy: ['spec', 'suspend'],
});
