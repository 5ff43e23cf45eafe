import { byConditions } from '../../patterns.ts';

/** Reconciled is the installation, Ready the running istiod; an istiod that starts is no failure (istio_types.go). */
export const istioHealth = byConditions({
  ready: ['Reconciled', 'Ready'],
  waitsFor: ['IstiodNotReady', 'RemoteIstiodNotReady', 'ActiveRevisionNotFound'],
});
