import type { ApplicationView, NewApplication } from '#lib/contracts/applications.ts';
import { listOf } from './lists.ts';

/** The source as the form holds it. */
export interface SourceDraft {
  repositoryId: string;
  targetRevision: string;
  path: string;
  tool: string;
  valueFiles: string;
  ignoreMissingValueFiles: boolean;
  values: string;
  images: string;
  /** `web=3, worker=1` */
  replicas: string;
  kustomizeNamespace: string;
  components: string;
}

export const EMPTY_SOURCE: SourceDraft = {
  repositoryId: '',
  targetRevision: 'HEAD',
  path: '',
  tool: '',
  valueFiles: '',
  ignoreMissingValueFiles: false,
  values: '',
  images: '',
  replicas: '',
  kustomizeNamespace: '',
  components: '',
};

export function sourceDraftOf({ options, ...application }: ApplicationView): SourceDraft {
  const { helm, kustomize } = options;
  return {
    repositoryId: application.repositoryId,
    targetRevision: application.targetRevision,
    path: application.path,
    tool: options.tool ?? '',
    valueFiles: (helm?.valueFiles ?? []).join(', '),
    ignoreMissingValueFiles: helm?.ignoreMissingValueFiles ?? false,
    values: helm?.values ?? '',
    images: (kustomize?.images ?? []).join(', '),
    replicas: (kustomize?.replicas ?? []).map(({ name, count }) => `${name}=${count}`).join(', '),
    kustomizeNamespace: kustomize?.namespace ?? '',
    components: (kustomize?.components ?? []).join(', '),
  };
}

type Options = NonNullable<NewApplication['source']['options']>;

/** The source a draft means; options the form does not show are kept from `before`. */
export function sourceOf(draft: SourceDraft, before?: ApplicationView): NewApplication['source'] {
  const { tool: _tool, helm, kustomize, ...kept } = before?.options ?? {};
  const nextHelm = helmOf(draft, helm);
  const nextKustomize = kustomizeOf(draft, kustomize);
  return {
    repositoryId: draft.repositoryId,
    targetRevision: draft.targetRevision,
    path: draft.path,
    options: {
      ...kept,
      ...(draft.tool === 'directory' || draft.tool === 'kustomize' || draft.tool === 'helm'
        ? { tool: draft.tool }
        : {}),
      ...(isEmpty(nextHelm) ? {} : { helm: nextHelm }),
      ...(isEmpty(nextKustomize) ? {} : { kustomize: nextKustomize }),
    },
  };
}

const isEmpty = (options: object) => Object.keys(options).length === 0;

function helmOf(draft: SourceDraft, before: Options['helm']): NonNullable<Options['helm']> {
  const { valueFiles: _files, values: _values, ignoreMissingValueFiles: _missing, ...kept } = before ?? {};
  const valueFiles = listOf(draft.valueFiles);
  return {
    ...kept,
    ...(valueFiles.length > 0 ? { valueFiles } : {}),
    ...(draft.ignoreMissingValueFiles ? { ignoreMissingValueFiles: true } : {}),
    ...(draft.values.trim() === '' ? {} : { values: draft.values }),
  };
}

function kustomizeOf(draft: SourceDraft, before: Options['kustomize']): NonNullable<Options['kustomize']> {
  const { images: _images, replicas: _replicas, namespace: _namespace, components: _parts, ...kept } = before ?? {};
  const images = listOf(draft.images);
  const components = listOf(draft.components);
  const replicas = listOf(draft.replicas).map((pair) => {
    const [name = '', count = ''] = pair.split('=');
    return { name: name.trim(), count: count.trim() === '' ? Number.NaN : Number(count) };
  });
  return {
    ...kept,
    ...(images.length > 0 ? { images } : {}),
    ...(replicas.length > 0 ? { replicas } : {}),
    ...(draft.kustomizeNamespace === '' ? {} : { namespace: draft.kustomizeNamespace }),
    ...(components.length > 0 ? { components } : {}),
  };
}
