'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { AreaField, CheckField, SelectField, TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { choicesOf, type FieldsProps } from './fields.ts';

const TOOLS = [
  { value: '', label: 'Found out from the files' },
  { value: 'directory', label: 'Plain YAML' },
  { value: 'kustomize', label: 'Kustomize' },
  { value: 'helm', label: 'Helm' },
];

/** Where the manifests come from and how they are rendered. */
export function SourceFields({ draft, onChange, problem }: FieldsProps) {
  const repositories = useQuery(ask('listRepositories'));
  const repository = repositories.data?.items.find((each) => each.id === draft.repositoryId);
  return (
    <Panel title="Source">
      <div className="grid gap-3 sm:grid-cols-3">
        <SelectField
          label="Repository"
          value={draft.repositoryId}
          onChange={(repositoryId) => onChange({ repositoryId })}
          choices={choicesOf(repositories.data?.items)}
          error={problem('source.repositoryId', 'repositoryId')}
        />
        <TextField
          label="Target revision"
          mono
          value={draft.targetRevision}
          onChange={(targetRevision) => onChange({ targetRevision })}
          hint={
            repository === undefined
              ? 'Branch, tag, SHA or semver range (^1.2; web-v^1.2 for tags that begin with web-)'
              : `Branches: ${repository.branches.slice(0, 4).join(', ') || 'none seen yet'}`
          }
          error={problem('source.targetRevision', 'targetRevision')}
        />
        <TextField
          label="Path"
          mono
          value={draft.path}
          onChange={(path) => onChange({ path })}
          placeholder="apps/web/production"
          hint="Inside the repository; empty is its root"
          error={problem('source.path', 'path')}
        />
        <SelectField
          label="Rendered with"
          value={draft.tool}
          onChange={(tool) => onChange({ tool })}
          choices={TOOLS}
          error={problem('source.options.tool')}
        />
        <TextField
          label="Helm value files"
          mono
          value={draft.valueFiles}
          onChange={(valueFiles) => onChange({ valueFiles })}
          placeholder="values-production.yaml"
          hint="Comma-separated, from the chart’s folder, or / for the root; may hold *"
          error={problem('source.options.helm.valueFiles')}
          className="sm:col-span-2"
        />
        {(draft.tool === 'helm' || draft.ignoreMissingValueFiles) && (
          <CheckField
            label="Pass over value files that are not there"
            checked={draft.ignoreMissingValueFiles}
            onChange={(ignoreMissingValueFiles) => onChange({ ignoreMissingValueFiles })}
          />
        )}
        {(draft.tool === 'helm' || draft.values !== '') && (
          <AreaField
            label="Helm values"
            mono
            rows={5}
            value={draft.values}
            onChange={(values) => onChange({ values })}
            error={problem('source.options.helm.values')}
            className="sm:col-span-3"
          />
        )}
        {isKustomized(draft) && <KustomizeFields draft={draft} onChange={onChange} problem={problem} />}
      </div>
    </Panel>
  );
}

function isKustomized({ tool, images, replicas, kustomizeNamespace, components }: FieldsProps['draft']): boolean {
  return tool === 'kustomize' || [images, replicas, kustomizeNamespace, components].some((text) => text !== '');
}

/** What an application says over its own kustomization; patches, labels and annotations are said in YAML. */
function KustomizeFields({ draft, onChange, problem }: FieldsProps) {
  return (
    <>
      <TextField
        label="Images"
        mono
        value={draft.images}
        onChange={(images) => onChange({ images })}
        placeholder="registry.example/web:2.1"
        hint="name:tag or name=other:tag, comma-separated"
        error={problem('source.options.kustomize.images')}
      />
      <TextField
        label="Replicas"
        mono
        value={draft.replicas}
        onChange={(replicas) => onChange({ replicas })}
        placeholder="web=3, worker=1"
        error={problem('source.options.kustomize.replicas')}
      />
      <TextField
        label="Namespace of every object"
        mono
        value={draft.kustomizeNamespace}
        onChange={(kustomizeNamespace) => onChange({ kustomizeNamespace })}
        error={problem('source.options.kustomize.namespace')}
      />
      <TextField
        label="Components"
        mono
        value={draft.components}
        onChange={(components) => onChange({ components })}
        placeholder="../components/tracing"
        hint="Folders of the repository, comma-separated"
        error={problem('source.options.kustomize.components')}
        className="sm:col-span-3"
      />
    </>
  );
}
