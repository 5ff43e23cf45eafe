import type { PlanInput, PlanResult } from '#lib/contracts/operations.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import type { Survey } from './survey.ts';

/** A plan as computed, with the unmasked survey behind it. */
export interface ComputedPlan {
  survey: Survey;
  result: PlanResult;
  hash: string;
}

export interface ComputeRequest {
  subject: SubjectRow;
  input: PlanInput;
  /** User id; names the author of a commit. */
  requestedBy: string;
  signal?: AbortSignal | undefined;
}
