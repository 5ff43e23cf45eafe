import { fluxHealth } from '../../flux.ts';
import type { HealthRule } from '../../rule.ts';

/** Ready sums up ArtifactInStorage and FetchFailed; an old artifact that is still served does not hide a failed fetch. */
export const gitRepositoryHealth: HealthRule = fluxHealth;
