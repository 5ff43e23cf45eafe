import type { ApplicationInput, ApplicationView } from '#lib/contracts/applications.ts';

/** What the form holds: texts, so that half-typed values can stand. */
export interface Draft {
  name: string;
  projectId: string;
  clusterId: string;
  namespace: string;
  labels: string;
  repositoryId: string;
  targetRevision: string;
  path: string;
  tool: string;
  valueFiles: string;
  values: string;
  automated: boolean;
  selfHeal: boolean;
  prune: boolean;
  createNamespace: boolean;
  protected: boolean;
  /** JSON: rules are few and exact. */
  ignoreRules: string;
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  projectId: '',
  clusterId: '',
  namespace: '',
  labels: '',
  repositoryId: '',
  targetRevision: 'HEAD',
  path: '',
  tool: '',
  valueFiles: '',
  values: '',
  automated: false,
  selfHeal: false,
  prune: false,
  createNamespace: true,
  protected: false,
  ignoreRules: '[]',
};

export function draftOf(application: ApplicationView): Draft {
  const { options, syncPolicy } = application;
  return {
    name: application.name,
    projectId: application.projectId,
    clusterId: application.clusterId,
    namespace: application.namespace,
    labels: Object.entries(application.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    repositoryId: application.repositoryId,
    targetRevision: application.targetRevision,
    path: application.path,
    tool: options.tool ?? '',
    valueFiles: (options.helm?.valueFiles ?? []).join(', '),
    values: options.helm?.values ?? '',
    automated: syncPolicy.automated,
    selfHeal: syncPolicy.selfHeal,
    prune: syncPolicy.prune,
    createNamespace: syncPolicy.createNamespace,
    protected: application.protected,
    ignoreRules: JSON.stringify(application.ignoreRules, null, 2),
  };
}

/** `team=payments, tier=web` as labels; words without `=` are left out. */
export function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.trim().split('='))
      .filter(([key, value]) => key !== undefined && key !== '' && value !== undefined)
      .map(([key, ...rest]) => [key, rest.join('=')]),
  );
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The declaration a draft means; options the form does not show are kept from `before`. Throws SyntaxError for broken ignore rules. */
export function inputOf(draft: Draft, before?: ApplicationView): ApplicationInput {
  const { tool: _tool, helm, ...kept } = before?.options ?? {};
  const { valueFiles: _files, values: _values, ...keptHelm } = helm ?? {};
  const valueFiles = listOf(draft.valueFiles);
  const nextHelm = {
    ...keptHelm,
    ...(valueFiles.length > 0 ? { valueFiles } : {}),
    ...(draft.values.trim() === '' ? {} : { values: draft.values }),
  };
  return {
    name: draft.name,
    projectId: draft.projectId,
    clusterId: draft.clusterId,
    namespace: draft.namespace,
    labels: parseLabels(draft.labels),
    source: {
      repositoryId: draft.repositoryId,
      targetRevision: draft.targetRevision,
      path: draft.path,
      options: {
        ...kept,
        ...(draft.tool === 'directory' || draft.tool === 'kustomize' || draft.tool === 'helm'
          ? { tool: draft.tool }
          : {}),
        ...(Object.keys(nextHelm).length > 0 ? { helm: nextHelm } : {}),
      },
    },
    syncPolicy: {
      automated: draft.automated,
      selfHeal: draft.selfHeal,
      prune: draft.prune,
      allowEmpty: before?.syncPolicy.allowEmpty ?? false,
      createNamespace: draft.createNamespace,
    },
    // The server checks every rule and names the field that is wrong.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    ignoreRules: JSON.parse(
      draft.ignoreRules.trim() === '' ? '[]' : draft.ignoreRules,
    ) as ApplicationInput['ignoreRules'],
    protected: draft.protected,
  };
}
