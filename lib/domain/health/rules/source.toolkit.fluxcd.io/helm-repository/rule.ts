import { textAt, valueAt } from '../../../../resource/json.ts';
import { fluxHealth } from '../../flux.ts';
import { type HealthRule, HEALTHY } from '../../rule.ts';

/** A repository of type oci is only a reference for its charts: Flux does not reconcile it and writes no status. */
export const helmRepositoryHealth: HealthRule = (manifest) =>
  textAt(manifest, 'spec', 'type') === 'oci' && valueAt(manifest, 'spec', 'suspend') !== true
    ? HEALTHY
    : fluxHealth(manifest);
