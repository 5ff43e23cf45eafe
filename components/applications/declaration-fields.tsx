'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { AreaField, CheckField, SelectField, TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { Draft } from './declaration.ts';

interface FieldsProps {
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
  /** Message of the server for a field of the declaration. */
  problem: (...paths: string[]) => string | undefined;
}

const TOOLS = [
  { value: '', label: 'Found out from the files' },
  { value: 'directory', label: 'Plain YAML' },
  { value: 'kustomize', label: 'Kustomize' },
  { value: 'helm', label: 'Helm' },
];

function choicesOf(items: readonly { id: string; name: string }[] | undefined) {
  return [{ value: '', label: 'Choose…' }, ...(items ?? []).map((item) => ({ value: item.id, label: item.name }))];
}

/** The parts of a declaration as a form. */
export function DeclarationFields({ draft, onChange, problem }: FieldsProps) {
  const clusters = useQuery(ask('listClusters'));
  const projects = useQuery(ask('listProjects'));
  const repositories = useQuery(ask('listRepositories'));
  const repository = repositories.data?.items.find((each) => each.id === draft.repositoryId);
  return (
    <>
      <Panel title="Identity">
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label="Name"
            required
            value={draft.name}
            onChange={(name) => onChange({ name })}
            error={problem('name')}
            hint="Lower-case letters, digits and dashes"
          />
          <SelectField
            label="Project"
            value={draft.projectId}
            onChange={(projectId) => onChange({ projectId })}
            choices={choicesOf(projects.data?.items)}
            error={problem('projectId')}
          />
          <TextField
            label="Labels"
            value={draft.labels}
            onChange={(labels) => onChange({ labels })}
            placeholder="team=payments, tier=web"
            error={problem('labels')}
          />
        </div>
      </Panel>
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
                ? 'Branch, tag, SHA or semver range'
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
            hint="Comma-separated, beside the chart"
            error={problem('source.options.helm.valueFiles')}
            className="sm:col-span-2"
          />
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
        </div>
      </Panel>
      <Panel title="Destination">
        <div className="grid gap-3 sm:grid-cols-3">
          <SelectField
            label="Cluster"
            value={draft.clusterId}
            onChange={(clusterId) => onChange({ clusterId })}
            choices={choicesOf(clusters.data?.items)}
            error={problem('clusterId')}
          />
          <TextField
            label="Namespace"
            value={draft.namespace}
            onChange={(namespace) => onChange({ namespace })}
            error={problem('namespace')}
          />
        </div>
      </Panel>
      <PolicyFields draft={draft} onChange={onChange} problem={problem} />
    </>
  );
}

function PolicyFields({ draft, onChange, problem }: FieldsProps) {
  return (
    <>
      <Panel title="Sync policy">
        <div className="grid gap-3 sm:grid-cols-2">
          <CheckField
            label="Automatic sync"
            hint="Sync by itself when Git moves."
            checked={draft.automated}
            onChange={(automated) => onChange({ automated })}
          />
          <CheckField
            label="Self-heal"
            hint="Also put drift right by itself."
            checked={draft.selfHeal}
            onChange={(selfHeal) => onChange({ selfHeal })}
            disabled={!draft.automated}
          />
          <CheckField
            label="Prune"
            hint="Automatic sync also deletes what is no longer in Git."
            checked={draft.prune}
            onChange={(prune) => onChange({ prune })}
          />
          <CheckField
            label="Create the namespace"
            hint="When it does not exist."
            checked={draft.createNamespace}
            onChange={(createNamespace) => onChange({ createNamespace })}
          />
          <CheckField
            label="Protected"
            hint="Drift here needs a person’s attention at once."
            checked={draft.protected}
            onChange={(value) => onChange({ protected: value })}
          />
        </div>
      </Panel>
      <Panel title="Ignore rules" note="fields that others may set without it being drift">
        <AreaField
          label="Rules as JSON"
          mono
          rows={draft.ignoreRules === '[]' ? 2 : 8}
          value={draft.ignoreRules}
          onChange={(ignoreRules) => onChange({ ignoreRules })}
          error={problem('ignoreRules')}
          hint={
            'For example [{ "kind": "Deployment", "paths": ["spec.replicas"] }] or [{ "managers": ["vault-agent"] }]'
          }
        />
      </Panel>
    </>
  );
}
