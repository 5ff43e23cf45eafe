import { byConditions } from '../../patterns.ts';

/** Its conditions exist for trouble: two groups in one namespace, or a service account that is not there (operatorgroup_types.go). */
export const operatorGroupHealth = byConditions({
  ready: [],
  trouble: ['MultipleOperatorGroup', 'OperatorGroupServiceAccount'],
});
