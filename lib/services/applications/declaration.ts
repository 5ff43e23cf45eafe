import { z } from 'zod';
import { type ApplicationInput } from '#lib/contracts/applications.ts';
import { renderOptions } from '#lib/contracts/sources.ts';
import { labels } from '#lib/contracts/common.ts';
import type { NewApplication } from '#lib/database/applications.ts';
import { findClusterRow } from '#lib/database/clusters.ts';
import { findProjectRow } from '#lib/database/projects.ts';
import type { Reader } from '#lib/database/reader.ts';
import { findRepositoryRow } from '#lib/database/repositories.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { checkTargetRevision } from '#lib/domain/revision/target.ts';
import { type FieldProblem, ServiceError } from '../errors.ts';
import { policyOf } from '../shared/policy-of.ts';
import { plainRules, storedRules } from '../shared/rules-of.ts';

/** The declaration of a stored application, as its contract reads it. */
export function declarationOf(subject: SubjectRow): ApplicationInput {
  return {
    name: subject.name,
    projectId: subject.projectId,
    clusterId: subject.clusterId,
    namespace: subject.namespace,
    labels: labels.catch({}).parse(subject.labels),
    source: {
      repositoryId: subject.repositoryId,
      targetRevision: subject.targetRevision,
      path: subject.path,
      options: renderOptions.catch({}).parse(subject.renderOptions),
    },
    syncPolicy: policyOf(subject),
    ignoreRules: storedRules(subject.ignoreRules),
    protected: subject.protected,
    dependsOn: subject.dependencies.map(({ dependsOn }) => `${dependsOn.project.name}/${dependsOn.name}`).toSorted(),
  };
}

/** The columns of a declaration; a path loses leading `./` and slashes at both ends. */
export function columnsOf(input: ApplicationInput): NewApplication {
  const { source, dependsOn: _dependsOn, ...rest } = input;
  return {
    ...rest,
    repositoryId: source.repositoryId,
    targetRevision: source.targetRevision.trim(),
    path: source.path.replace(/^(\.?\/)+|^\.$|\/+$/g, ''),
    renderOptions: plain(source.options),
    syncPolicy: rest.syncPolicy,
    ignoreRules: plainRules(rest.ignoreRules),
  };
}

/** Without members that are undefined, which JSON columns cannot hold. */
function plain(value: object) {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(value)));
}

/** Refuses a declaration that names what is not there. Every problem at once. Errors: invalid. */
export async function checkDeclaration(tx: Reader, input: ApplicationInput): Promise<void> {
  const project = await findProjectRow(tx, input.projectId);
  const cluster = await findClusterRow(tx, input.clusterId);
  const repository = await findRepositoryRow(tx, input.source.repositoryId);
  const revision = checkTargetRevision(input.source.targetRevision);
  const fields: FieldProblem[] = [
    ...(project ? [] : [{ path: 'projectId', message: 'there is no such project' }]),
    ...(cluster ? [] : [{ path: 'clusterId', message: 'there is no such cluster' }]),
    ...(repository ? [] : [{ path: 'source.repositoryId', message: 'there is no such repository' }]),
    ...(revision === null ? [] : [{ path: 'source.targetRevision', message: revision }]),
  ];
  if (fields.length > 0) {
    const words = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
    throw new ServiceError('invalid', `${words}.`, { fields });
  }
}
