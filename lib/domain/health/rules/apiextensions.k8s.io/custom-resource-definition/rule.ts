import { conditionOf, conditionText, degraded, HEALTHY, type HealthRule, progressing } from '../../rule.ts';

/** Healthy when its names are accepted and the kind is served. */
export const customResourceDefinitionHealth: HealthRule = (manifest) => {
  const terminating = conditionOf(manifest, 'Terminating');
  if (terminating?.status === 'True')
    return { status: 'Terminating', message: conditionText(terminating, 'Being deleted') };
  const names = conditionOf(manifest, 'NamesAccepted');
  if (names?.status === 'False')
    return degraded(`Its names are not accepted: ${conditionText(names, 'no reason given')}`);
  const structure = conditionOf(manifest, 'NonStructuralSchema');
  if (structure?.status === 'True')
    return degraded(`Its schema is not structural: ${conditionText(structure, 'no reason given')}`);
  const established = conditionOf(manifest, 'Established');
  if (established?.status === 'True') return HEALTHY;
  if (established === undefined || established.reason === 'Installing')
    return progressing('Waiting for the kind to be served');
  return degraded(`The kind is not served: ${conditionText(established, 'no reason given')}`);
};
