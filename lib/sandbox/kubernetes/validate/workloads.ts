import { isObject, objectAt, textAt } from '#lib/domain/resource/json.ts';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { compareQuantities } from '#lib/domain/resource/quantity.ts';
import { member, members } from '../defaults/set.ts';
import { matchesSelector } from '../selectors.ts';
import { type FieldError, fieldError } from '../status.ts';
import { labelErrors, labelNameError } from './metadata.ts';

/** A whole number of at least zero, or absent. */
export function countErrors(object: JsonObject, path: string, name: string): FieldError[] {
  const value = object[name];
  if (typeof value !== 'number' || value >= 0) return [];
  return [fieldError('FieldValueInvalid', `${path}.${name}`, { value, why: 'must be greater than or equal to 0' })];
}

const PORT_WORDS = 'must be between 1 and 65535, inclusive';
export const validPort = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65_535;

function containerErrors(container: JsonObject, path: string, volumes: Set<string>): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(container, 'name');
  const why = name === '' ? undefined : labelNameError(name);
  if (why !== undefined) errors.push(fieldError('FieldValueInvalid', `${path}.name`, { value: name, why }));
  if (textAt(container, 'image').trim() === '') errors.push(fieldError('FieldValueRequired', `${path}.image`));
  members(container, 'ports').forEach((port, index) => {
    const at = `${path}.ports[${index}].containerPort`;
    const value = port['containerPort'];
    if (value === 0) errors.push(fieldError('FieldValueRequired', at));
    else if (value !== undefined && !validPort(value))
      errors.push(fieldError('FieldValueInvalid', at, { value, why: PORT_WORDS }));
  });
  members(container, 'env').forEach((env, index) => {
    if (textAt(env, 'value') === '' || env['valueFrom'] === undefined) return;
    errors.push(
      fieldError('FieldValueInvalid', `${path}.env[${index}].valueFrom`, {
        value: '',
        why: 'may not be specified when `value` is not empty',
      }),
    );
  });
  members(container, 'volumeMounts').forEach((mount, index) => {
    const wanted = textAt(mount, 'name');
    if (wanted === '' || volumes.has(wanted)) return;
    errors.push({
      ...fieldError('FieldValueInvalid', `${path}.volumeMounts[${index}].name`),
      message: `Not found: ${JSON.stringify(wanted)}`,
    });
  });
  return [...errors, ...resourceErrors(container, path)];
}

function resourceErrors(container: JsonObject, path: string): FieldError[] {
  const resources = member(container, 'resources') ?? {};
  const limits = member(resources, 'limits') ?? {};
  const errors: FieldError[] = [];
  for (const [name, amount] of Object.entries(member(resources, 'requests') ?? {})) {
    const limit = limits[name];
    if (typeof amount !== 'string' || typeof limit !== 'string' || compareQuantities(amount, limit) !== 1) continue;
    errors.push(
      fieldError('FieldValueInvalid', `${path}.resources.requests`, {
        value: amount,
        why: `must be less than or equal to ${name} limit of ${limit}`,
      }),
    );
  }
  return errors;
}

/** A pod's spec, in a pod or in a template. */
export function podSpecErrors(spec: JsonObject, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const volumes = new Set(members(spec, 'volumes').map((volume) => textAt(volume, 'name')));
  if (members(spec, 'containers').length === 0 && spec['containers'] !== undefined)
    errors.push(fieldError('FieldValueRequired', `${path}.containers`));
  const seen = new Set<string>();
  for (const list of ['initContainers', 'containers']) {
    members(spec, list).forEach((container, index) => {
      const at = `${path}.${list}[${index}]`;
      errors.push(...containerErrors(container, at, volumes));
      const name = textAt(container, 'name');
      if (name !== '' && seen.has(name)) errors.push(fieldError('FieldValueDuplicate', `${at}.name`, { value: name }));
      seen.add(name);
    });
  }
  return errors;
}

interface TemplateRules {
  restart: string[];
  selector: boolean;
}

function templateErrors(spec: JsonObject, rules: TemplateRules): FieldError[] {
  const template = member(spec, 'template') ?? {};
  const errors: FieldError[] = [];
  const labels = objectAt(template, 'metadata', 'labels');
  const selector = member(spec, 'selector');
  if (rules.selector && selector) {
    errors.push(...labelErrors(selector['matchLabels'], 'spec.selector.matchLabels'));
    const empty =
      Object.keys(objectAt(selector, 'matchLabels')).length === 0 && !Array.isArray(selector['matchExpressions']);
    if (empty)
      errors.push(
        fieldError('FieldValueInvalid', 'spec.selector', {
          value: selector,
          why: 'empty selector is invalid for deployment',
        }),
      );
    else if (!matchesSelector(selector, labels)) {
      errors.push(
        fieldError('FieldValueInvalid', 'spec.template.metadata.labels', {
          value: labels,
          why: '`selector` does not match template `labels`',
        }),
      );
    }
  }
  errors.push(...labelErrors(labels, 'spec.template.labels'));
  const podSpec = member(template, 'spec') ?? {};
  errors.push(...podSpecErrors(podSpec, 'spec.template.spec'));
  const restart = textAt(podSpec, 'restartPolicy');
  if (!rules.restart.includes(restart)) {
    const supported = rules.restart.map((one) => JSON.stringify(one)).join(', ');
    errors.push(
      fieldError('FieldValueNotSupported', 'spec.template.spec.restartPolicy', {
        value: restart,
        why: `supported values: ${supported}`,
      }),
    );
  }
  return errors;
}

const ALWAYS: TemplateRules = { restart: ['Always'], selector: true };

function deployment(object: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const errors = [
    ...countErrors(spec, 'spec', 'replicas'),
    ...countErrors(spec, 'spec', 'minReadySeconds'),
    ...countErrors(spec, 'spec', 'revisionHistoryLimit'),
  ];
  const strategy = member(spec, 'strategy') ?? {};
  if (strategy['type'] === 'Recreate' && isObject(strategy['rollingUpdate'])) {
    errors.push(
      fieldError('FieldValueForbidden', 'spec.strategy.rollingUpdate', {
        why: "may not be specified when strategy `type` is 'Recreate'",
      }),
    );
  }
  return [...errors, ...templateErrors(spec, ALWAYS)];
}

const scaled = (object: JsonObject): FieldError[] => {
  const spec = objectAt(object, 'spec');
  return [...countErrors(spec, 'spec', 'replicas'), ...templateErrors(spec, ALWAYS)];
};

function jobSpecErrors(spec: JsonObject, path: string): FieldError[] {
  const counts = [
    'parallelism',
    'completions',
    'backoffLimit',
    'activeDeadlineSeconds',
    'ttlSecondsAfterFinished',
  ].flatMap((name) => countErrors(spec, path, name));
  const podSpec = objectAt(spec, 'template', 'spec');
  const restart = textAt(podSpec, 'restartPolicy');
  const errors = [...counts, ...podSpecErrors(podSpec, `${path}.template.spec`)];
  if (restart === 'Always')
    errors.push(
      fieldError('FieldValueRequired', `${path}.template.spec.restartPolicy`, {
        why: 'valid values: "OnFailure", "Never"',
      }),
    );
  return errors;
}

const CRON =
  /^(?:TZ=\S+\s+)?(?:@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)|(?:[\d*,/A-Za-z?-]+\s+){4}[\d*,/A-Za-z?-]+)$/;

function cronJob(object: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec');
  const schedule = textAt(spec, 'schedule');
  const errors = jobSpecErrors(objectAt(spec, 'jobTemplate', 'spec'), 'spec.jobTemplate.spec');
  if (schedule !== '' && !CRON.test(schedule)) {
    errors.unshift(
      fieldError('FieldValueInvalid', 'spec.schedule', {
        value: schedule,
        why: `expected exactly 5 fields, found ${schedule.split(/\s+/).length}: [${schedule}]`,
      }),
    );
  }
  return errors;
}

/** Rules of the kinds that run pods, by `group/plural`. */
export const WORKLOAD_RULES: Record<string, (object: JsonObject) => FieldError[]> = {
  '/pods': (object) => podSpecErrors(objectAt(object, 'spec'), 'spec'),
  'apps/deployments': deployment,
  'apps/replicasets': scaled,
  'apps/statefulsets': scaled,
  'apps/daemonsets': scaled,
  'batch/jobs': (object) => jobSpecErrors(objectAt(object, 'spec'), 'spec'),
  'batch/cronjobs': cronJob,
};
