'use client';

import { useState } from 'react';
import type { ConnectionTest } from '#lib/contracts/clusters.ts';
import { api } from '#lib/client/api.ts';
import { useForm } from '#components/shell/use-form.ts';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { RadioCards, SelectField, TextField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { CredentialFields, credentialInput, EMPTY_CREDENTIAL } from './credential-fields.tsx';
import { KubeconfigForm } from './kubeconfig-form.tsx';
import { labelsOf } from './labels.ts';
import { TestResult } from './test-dialog.tsx';

export const WAYS = ['kubeconfig', 'token', 'client-certificate', 'in-cluster'] as const;
type Way = (typeof WAYS)[number];

export function AddCluster({ way, onWay, onClose }: { way: Way; onWay: (way: Way) => void; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add cluster"
      description="The credential is kept encrypted and never shown again."
    >
      <div className="space-y-4">
        <RadioCards
          legend="From"
          name="way"
          value={way}
          onChange={(value) => onWay(WAYS.find((each) => each === value) ?? 'kubeconfig')}
          choices={[
            { value: 'kubeconfig', label: 'Kubeconfig', hint: 'Choose contexts' },
            { value: 'token', label: 'Server and token', hint: 'A service account’s' },
            { value: 'client-certificate', label: 'Client certificate', hint: 'With its key' },
            { value: 'in-cluster', label: 'This cluster', hint: 'Quarterdeck’s own' },
          ]}
        />
        {way === 'kubeconfig' ? (
          <KubeconfigForm onDone={onClose} />
        ) : (
          <EndpointForm key={way} kind={way} onDone={onClose} />
        )}
      </div>
    </Dialog>
  );
}

function EndpointForm({ kind, onDone }: { kind: Exclude<Way, 'kubeconfig'>; onDone: () => void }) {
  const form = useForm();
  const [draft, setDraft] = useState({ ...EMPTY_CREDENTIAL, kind });
  const [name, setName] = useState('');
  const [labels, setLabels] = useState('');
  const [access, setAccess] = useState<'read-only' | 'full'>('full');
  const [test, setTest] = useState<ConnectionTest>();
  const check = () =>
    form.run(async () => setTest(await api('testNewCluster', { body: { ...credentialInput(draft), access } })));
  const add = () =>
    form.run(async () => {
      await api('createCluster', { body: { ...credentialInput(draft), name, labels: labelsOf(labels), access } });
      announce(`${name} was added`);
      onDone();
    });
  return (
    <div className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField label="Name" required value={name} onChange={setName} error={form.problem('name')} />
        <TextField
          label="Labels"
          value={labels}
          onChange={setLabels}
          placeholder="environment=production"
          error={form.problem('labels')}
        />
        <SelectField
          label="Access"
          value={access}
          onChange={(value) => setAccess(value === 'full' ? 'full' : 'read-only')}
          choices={[
            { value: 'full', label: 'Full' },
            { value: 'read-only', label: 'Read-only' },
          ]}
        />
      </div>
      <CredentialFields
        fixed
        draft={draft}
        problem={form.problem}
        onChange={(changed) => {
          setDraft({ ...draft, ...changed });
          setTest(undefined);
        }}
      />
      {form.error !== undefined && <Failure title="The cluster was not added" error={form.error} />}
      {test !== undefined && <TestResult test={test} />}
      <div className="flex justify-end gap-2">
        <Button busy={form.busy} onClick={() => void check()}>
          Test connection
        </Button>
        <Button look="primary" busy={form.busy} disabled={name === ''} onClick={() => void add()}>
          Add cluster
        </Button>
      </div>
    </div>
  );
}
