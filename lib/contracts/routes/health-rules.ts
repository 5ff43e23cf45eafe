import { z } from 'zod';
import { id } from '../common.ts';
import { healthRuleInput, healthRuleView, triedHealthRule, tryHealthRuleInput } from '../health-rules.ts';
import { declare } from './declare.ts';

const tag = 'Health rules';
const params = z.object({ id });

export const healthRuleRoutes = {
  listHealthRules: declare({
    method: 'GET',
    path: '/api/v1/health-rules',
    access: 'health-rules:read',
    tag,
    summary: 'Every health rule people wrote, by kind',
    status: 200,
    response: z.object({ items: z.array(healthRuleView) }),
  }),
  createHealthRule: declare({
    method: 'POST',
    path: '/api/v1/health-rules',
    access: 'health-rules:write',
    tag,
    summary: 'Say in CEL how objects of a kind are judged',
    description:
      'The first clause whose `when` holds decides; when none does, the built-in rule or the conditions of the object do. ' +
      'The live object is `object`. Objects being deleted are Terminating whatever a rule says, and no rule sees a Secret. ' +
      'Objects that no application declares are known in part: their status, and little of their spec.',
    body: healthRuleInput,
    status: 201,
    response: healthRuleView,
  }),
  updateHealthRule: declare({
    method: 'PUT',
    path: '/api/v1/health-rules/{id}',
    access: 'health-rules:write',
    tag,
    summary: 'Replace a health rule; applications with such objects are judged anew',
    params,
    body: healthRuleInput,
    status: 200,
    response: healthRuleView,
  }),
  deleteHealthRule: declare({
    method: 'DELETE',
    path: '/api/v1/health-rules/{id}',
    access: 'health-rules:write',
    tag,
    summary: 'Delete a health rule',
    params,
    status: 204,
    response: null,
  }),
  tryHealthRule: declare({
    method: 'POST',
    path: '/api/v1/health-rules/try',
    access: 'health-rules:write',
    tag,
    summary: 'Judge one object by a rule without saving either',
    body: tryHealthRuleInput,
    status: 200,
    response: triedHealthRule,
  }),
};
