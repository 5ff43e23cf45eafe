import { isMap, LineCounter, parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import { applicationDocument, type ApplicationInput } from '#lib/contracts/applications.ts';
import { syncPolicy } from '#lib/contracts/sync-policy.ts';
import { resolveNames } from '#lib/database/applications.ts';
import { findRepositoryByReference } from '#lib/database/repositories.ts';
import { findSubject } from '#lib/database/subjects.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { type FieldProblem, notFound, ServiceError } from '../errors.ts';
import { declarationOf } from './declaration.ts';

const MAX_CHARACTERS = 512 * 1024;

/**
 * A `quarterdeck.dev/v1 Application` in YAML as the input of `createApplication`, names turned into ids. Errors: forbidden
 * (so that names cannot be tried out), too-large, invalid with the document's own paths.
 */
export async function readApplicationDocument(ctx: Context, text: string): Promise<ApplicationInput> {
  const parsed = applicationDocument.safeParse(parseYaml(text));
  const name = parsed.success ? parsed.data.metadata.name : '';
  const target = { kind: 'application' as const, id: '', name };
  await requirePermission(ctx, 'applications:write', { verb: 'application.create', target });
  if (!parsed.success) throw parsed.error;
  const { metadata, spec } = parsed.data;
  const { repository: reference, targetRevision, path, ...options } = spec.source;
  const names = { project: spec.project, cluster: spec.destination.cluster };
  const [{ projectId, clusterId }, repository] = await Promise.all([
    resolveNames(ctx.database.prisma, names),
    findRepositoryByReference(ctx.database.prisma, reference),
  ]);
  if (projectId === null || clusterId === null || !repository) {
    throw missing([
      ...(projectId === null ? [['spec.project', `there is no project ${spec.project}`] as const] : []),
      ...(clusterId === null ? [['spec.destination.cluster', `there is no cluster ${names.cluster}`] as const] : []),
      ...(repository ? [] : [['spec.source.repository', 'no repository has this name or URL'] as const]),
    ]);
  }
  return {
    name: metadata.name,
    projectId,
    clusterId,
    namespace: spec.destination.namespace,
    labels: metadata.labels ?? {},
    source: { repositoryId: repository.id, targetRevision, path, options },
    syncPolicy: spec.syncPolicy ?? syncPolicy.parse({}),
    ignoreRules: spec.ignoreRules ?? [],
    protected: spec.protected ?? false,
    dependsOn: spec.dependsOn ?? [],
  };
}

function missing(problems: (readonly [path: string, message: string])[]): ServiceError {
  const fields: FieldProblem[] = problems.map(([path, message]) => ({ path, message }));
  return new ServiceError('invalid', `${problems.map(([, message]) => message).join('; ')}.`, { fields });
}

function parseYaml(text: string): unknown {
  if (text.length > MAX_CHARACTERS) throw new ServiceError('too-large', 'The document is larger than 512 KiB.');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: 'core', uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new ServiceError('invalid', `Line ${line}, column ${col}: ${error.message.split('\n')[0] ?? ''}`);
  }
  if (!isMap(document.contents)) throw new ServiceError('invalid', 'The document must be one Application.');
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    throw new ServiceError('invalid', 'The document repeats itself through aliases too often.');
  }
}

/** The declaration as a `quarterdeck.dev/v1` document that can be sent back. Errors: forbidden, not-found. */
export async function exportApplication(ctx: Context, input: { id: string }): Promise<{ name: string; text: string }> {
  await requirePermission(ctx, 'applications:read');
  const subject = await findSubject(ctx.database.prisma, input.id);
  if (!subject) throw notFound('application', input.id);
  const declared = declarationOf(subject);
  const document: z.input<typeof applicationDocument> = {
    apiVersion: 'quarterdeck.dev/v1',
    kind: 'Application',
    metadata: {
      name: declared.name,
      ...(Object.keys(declared.labels).length > 0 ? { labels: declared.labels } : {}),
    },
    spec: {
      project: subject.project.name,
      destination: { cluster: subject.cluster.name, namespace: declared.namespace },
      source: {
        repository: subject.repository.name,
        targetRevision: declared.source.targetRevision,
        path: declared.source.path,
        ...declared.source.options,
      },
      syncPolicy: declared.syncPolicy,
      ...(declared.ignoreRules.length > 0 ? { ignoreRules: declared.ignoreRules } : {}),
      ...(declared.protected ? { protected: true } : {}),
      ...(declared.dependsOn.length > 0 ? { dependsOn: declared.dependsOn } : {}),
    },
  };
  return { name: declared.name, text: stringify(document, { lineWidth: 0 }) };
}
