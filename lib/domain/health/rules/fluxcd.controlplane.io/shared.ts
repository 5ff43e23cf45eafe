import { fluxHealth } from '../flux.ts';
import type { HealthRule } from '../rule.ts';

/** Kinds of the Flux Operator have no spec.suspend: a person halts them by an annotation. */
export const operatedHealth: HealthRule = (manifest) =>
  manifest.metadata.annotations?.['fluxcd.controlplane.io/reconcile'] === 'disabled'
    ? { status: 'Suspended', message: 'Suspended by a person' }
    : fluxHealth(manifest);
