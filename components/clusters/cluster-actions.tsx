'use client';

import { Ellipsis } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClusterView } from '#lib/contracts/clusters.ts';
import { api } from '#lib/client/api.ts';
import { useForm } from '#components/shell/use-form.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { SelectField, TextField } from '#components/ui/field.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { Failure } from '#components/ui/states.tsx';
import { CredentialFields, EMPTY_CREDENTIAL, credentialInput } from './credential-fields.tsx';
import { labelsOf, labelText } from './labels.ts';

export function ClusterActions({ cluster, onTest }: { cluster: ClusterView; onTest: () => void }) {
  const whyNot = useWhyNot();
  const queries = useQueryClient();
  const [shown, setShown] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const show = (what: typeof shown) => (open: boolean) => setShown(open ? what : null);
  return (
    <span className="flex justify-end gap-1.5">
      <Button
        size="small"
        reason={whyNot('clusters:test')}
        aria-label={`Test connection to ${cluster.name}`}
        onClick={onTest}
      >
        Test
      </Button>
      <Menu
        label={`Actions for ${cluster.name}`}
        trigger={
          <Button size="small" look="ghost" aria-label={`More for ${cluster.name}`}>
            <Ellipsis aria-hidden className="size-4" />
          </Button>
        }
      >
        <MenuItem reason={whyNot('clusters:write')} onSelect={() => setShown('edit')}>
          Name, labels, access…
        </MenuItem>
        <MenuItem reason={whyNot('clusters:write')} onSelect={() => setShown('rotate')}>
          Rotate credential…
        </MenuItem>
        <MenuItem
          danger
          reason={
            whyNot('clusters:write') ?? (cluster.applicationCount > 0 ? 'Delete or move its applications first' : null)
          }
          onSelect={() => setShown('delete')}
        >
          Delete…
        </MenuItem>
      </Menu>
      {shown === 'edit' && <EditCluster cluster={cluster} onOpenChange={show('edit')} />}
      {shown === 'rotate' && <RotateCredential cluster={cluster} onOpenChange={show('rotate')} />}
      <Confirm
        open={shown === 'delete'}
        onOpenChange={show('delete')}
        title={`Delete ${cluster.name}`}
        action="Delete cluster"
        typedName={cluster.name}
        onConfirm={async () => {
          await api('deleteCluster', { params: { id: cluster.id } });
          announce(`${cluster.name} was deleted`);
          await queries.invalidateQueries();
        }}
      >
        <p>Quarterdeck forgets it and its credential. Nothing in the cluster is touched.</p>
      </Confirm>
    </span>
  );
}

function EditCluster({ cluster, onOpenChange }: { cluster: ClusterView; onOpenChange: (open: boolean) => void }) {
  const form = useForm();
  const [name, setName] = useState(cluster.name);
  const [labels, setLabels] = useState(labelText(cluster.labels));
  const [access, setAccess] = useState<'read-only' | 'full'>(cluster.access);
  const save = () =>
    form.run(async () => {
      await api('updateCluster', { params: { id: cluster.id }, body: { name, labels: labelsOf(labels), access } });
      announce(`${name} was saved`);
      onOpenChange(false);
    });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      width="narrow"
      title={`Change ${cluster.name}`}
      footer={
        <Button look="primary" busy={form.busy} onClick={() => void save()}>
          Save
        </Button>
      }
    >
      <div className="space-y-3">
        <TextField label="Name" value={name} onChange={setName} error={form.problem('name')} />
        <TextField
          label="Labels"
          value={labels}
          onChange={setLabels}
          hint="environment=production, region=eu-1, provider=aws"
          error={form.problem('labels')}
        />
        <SelectField
          label="Access"
          value={access}
          onChange={(value) => setAccess(value === 'full' ? 'full' : 'read-only')}
          choices={[
            { value: 'full', label: 'Full: compare and sync' },
            { value: 'read-only', label: 'Read-only: compare' },
          ]}
        />
        {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
      </div>
    </Dialog>
  );
}

function RotateCredential({ cluster, onOpenChange }: { cluster: ClusterView; onOpenChange: (open: boolean) => void }) {
  const form = useForm();
  const [draft, setDraft] = useState({ ...EMPTY_CREDENTIAL, server: cluster.server });
  const save = () =>
    form.run(async () => {
      await api('rotateClusterCredential', { params: { id: cluster.id }, body: credentialInput(draft) });
      announce(`The credential of ${cluster.name} was replaced`);
      onOpenChange(false);
    });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Rotate the credential of ${cluster.name}`}
      description="The old one is forgotten at once."
      footer={
        <Button look="primary" busy={form.busy} onClick={() => void save()}>
          Replace credential
        </Button>
      }
    >
      <div className="space-y-3">
        <CredentialFields
          draft={draft}
          onChange={(changed) => setDraft({ ...draft, ...changed })}
          problem={form.problem}
        />
        {form.error !== undefined && <Failure title="The old credential stays" error={form.error} />}
      </div>
    </Dialog>
  );
}
