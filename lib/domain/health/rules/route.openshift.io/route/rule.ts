import { isObject, listAt, textAt } from '../../../../resource/json.ts';
import { conditionsIn, conditionText, degraded, type HealthRule, HEALTHY, progressing } from '../../rule.ts';

/** Every router that looks at it says whether it admits it. */
export const openshiftRouteHealth: HealthRule = (manifest) => {
  const routers = listAt(manifest, 'status', 'ingress').filter(isObject);
  const told = routers.map((router) => ({
    name: textAt(router, 'routerName'),
    admitted: conditionsIn(router).find(({ type }) => type === 'Admitted'),
  }));
  const refused = told.find(({ admitted }) => admitted?.status === 'False');
  if (refused?.admitted) {
    return degraded(`Router ${refused.name || 'default'}: ${conditionText(refused.admitted, 'not admitted')}`);
  }
  const all = told.length > 0 && told.every(({ admitted }) => admitted?.status === 'True');
  return all ? HEALTHY : progressing('Waiting for a router to admit it');
};
