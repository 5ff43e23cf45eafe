'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { choicesOf, type FieldsProps } from './fields.ts';
import { IgnoreFields } from './ignore-fields.tsx';
import { SourceFields } from './source-fields.tsx';
import { SyncFields } from './sync-fields.tsx';

/** The parts of a declaration as a form. */
export function DeclarationFields({ draft, onChange, problem }: FieldsProps) {
  const clusters = useQuery(ask('listClusters'));
  const projects = useQuery(ask('listProjects'));
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
      <SourceFields draft={draft} onChange={onChange} problem={problem} />
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
          <TextField
            label="Depends on"
            value={draft.dependsOn}
            onChange={(dependsOn) => onChange({ dependsOn })}
            placeholder="database, shared/gateway"
            hint="Automatic sync waits until these are Synced and Healthy"
            error={problem('dependsOn')}
          />
        </div>
      </Panel>
      <SyncFields draft={draft} onChange={onChange} problem={problem} />
      <IgnoreFields draft={draft} onChange={onChange} problem={problem} />
    </>
  );
}
