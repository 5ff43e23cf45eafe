import type { ApplicationInput, ApplicationView } from '#lib/contracts/applications.ts';
import { listOf } from './lists.ts';

/** The source as the form holds it. */
export interface SourceDraft {
  repositoryId: string;
  targetRevision: string;
  path: string;
  tool: string;
  valueFiles: string;
  values: string;
}

export const EMPTY_SOURCE: SourceDraft = {
  repositoryId: '',
  targetRevision: 'HEAD',
  path: '',
  tool: '',
  valueFiles: '',
  values: '',
};

export function sourceDraftOf({ options, ...application }: ApplicationView): SourceDraft {
  return {
    repositoryId: application.repositoryId,
    targetRevision: application.targetRevision,
    path: application.path,
    tool: options.tool ?? '',
    valueFiles: (options.helm?.valueFiles ?? []).join(', '),
    values: options.helm?.values ?? '',
  };
}

/** The source a draft means; options the form does not show are kept from `before`. */
export function sourceOf(draft: SourceDraft, before?: ApplicationView): ApplicationInput['source'] {
  const { tool: _tool, helm, ...kept } = before?.options ?? {};
  const { valueFiles: _files, values: _values, ...keptHelm } = helm ?? {};
  const valueFiles = listOf(draft.valueFiles);
  const nextHelm = {
    ...keptHelm,
    ...(valueFiles.length > 0 ? { valueFiles } : {}),
    ...(draft.values.trim() === '' ? {} : { values: draft.values }),
  };
  return {
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
  };
}
