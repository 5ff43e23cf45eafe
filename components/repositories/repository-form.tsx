'use client';

import { useState } from 'react';
import type { RepositoryView } from '#lib/contracts/repositories.ts';
import { type Answer, api, type Body } from '#lib/client/api.ts';
import { plural } from '#lib/client/format.ts';
import { FORGE_WORDS } from '#lib/client/forges.ts';
import { FORGES } from '#lib/domain/revision/forge.ts';
import { announce } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { AreaField, CheckField, RadioCards, SelectField, TextField } from '#components/ui/field.tsx';
import { Failure, Notice } from '#components/ui/states.tsx';

const HOSTS = [
  { value: '', label: 'As the host name says' },
  ...FORGES.map((forge) => ({ value: forge, label: FORGE_WORDS[forge] })),
];

interface Draft {
  name: string;
  url: string;
  interval: string;
  forge: string;
  kind: string;
  username: string;
  token: string;
  privateKey: string;
  knownHosts: string;
}

function credentialOf(draft: Draft): NonNullable<Body<'createRepository'>['credential']> {
  if (draft.kind === 'https-token') return { kind: 'https-token', username: draft.username, token: draft.token };
  if (draft.kind === 'ssh-key') return { kind: 'ssh-key', privateKey: draft.privateKey, knownHosts: draft.knownHosts };
  return { kind: 'none' };
}

/** Adds a repository, or changes one: its address stays, its credential is only replaced when asked. */
export function RepositoryForm({ repository, onClose }: { repository?: RepositoryView; onClose: () => void }) {
  const form = useForm();
  const [draft, setDraft] = useState<Draft>({
    name: repository?.name ?? '',
    url: repository?.url ?? '',
    interval: String(repository?.pollIntervalSeconds ?? 120),
    forge: repository?.forge ?? '',
    kind: 'none',
    username: 'git',
    token: '',
    privateKey: '',
    knownHosts: '',
  });
  const [replace, setReplace] = useState(repository === undefined);
  const [test, setTest] = useState<Answer<'testNewRepository'>>();
  const change = (changed: Partial<Draft>) => {
    setDraft({ ...draft, ...changed });
    setTest(undefined);
  };
  const check = () =>
    form.run(async () =>
      setTest(await api('testNewRepository', { body: { url: draft.url, credential: credentialOf(draft) } })),
    );
  const save = () =>
    form.run(async () => {
      const forge = FORGES.find((known) => known === draft.forge) ?? null;
      const shared = { name: draft.name, pollIntervalSeconds: Number(draft.interval), forge };
      if (repository === undefined)
        await api('createRepository', { body: { ...shared, url: draft.url, credential: credentialOf(draft) } });
      else
        await api('updateRepository', {
          params: { id: repository.id },
          body: { ...shared, ...(replace ? { credential: credentialOf(draft) } : {}) },
        });
      announce(`${draft.name} was ${repository === undefined ? 'added' : 'saved'}`);
      onClose();
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={repository === undefined ? 'Add repository' : `Change ${repository.name}`}
      description="The credential is kept encrypted and never shown again."
      footer={
        <>
          {replace && (
            <Button busy={form.busy} disabled={draft.url === ''} onClick={() => void check()}>
              Test connection
            </Button>
          )}
          <Button
            look="primary"
            busy={form.busy}
            disabled={draft.name === '' || draft.url === ''}
            onClick={() => void save()}
          >
            {repository === undefined ? 'Add repository' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <div className="grid gap-3 sm:grid-cols-[1fr_2fr_110px]">
          <TextField
            label="Name"
            required
            value={draft.name}
            onChange={(name) => change({ name })}
            error={form.problem('name')}
          />
          <TextField
            label="URL"
            mono
            required
            readOnly={repository !== undefined}
            value={draft.url}
            onChange={(url) => change({ url })}
            placeholder="https://git.example.com/team/platform.git"
            error={form.problem('url')}
          />
          <TextField
            label="Ask every (s)"
            type="number"
            min={10}
            max={86400}
            value={draft.interval}
            onChange={(interval) => change({ interval })}
            error={form.problem('pollIntervalSeconds')}
          />
        </div>
        <SelectField
          label="Hosted by"
          value={draft.forge}
          onChange={(forge) => change({ forge })}
          choices={HOSTS}
          hint="For pull requests; they need a token that may open them"
          error={form.problem('forge')}
        />
        {repository !== undefined && (
          <CheckField
            label={`Replace the credential (now: ${repository.credentialKind})`}
            checked={replace}
            onChange={setReplace}
          />
        )}
        {replace && <CredentialPart draft={draft} change={change} problem={form.problem} />}
        {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
        {test !== undefined && <TestOutcome test={test} />}
      </div>
    </Dialog>
  );
}

function CredentialPart({
  draft,
  change,
  problem,
}: {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  problem: (path: string) => string | undefined;
}) {
  return (
    <>
      <RadioCards
        legend="Signs in with"
        name="repository-credential"
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        choices={[
          { value: 'none', label: 'Nothing', hint: 'Public' },
          { value: 'https-token', label: 'Token', hint: 'Over https' },
          { value: 'ssh-key', label: 'SSH key', hint: 'With known hosts' },
        ]}
      />
      {draft.kind === 'https-token' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="User name"
            value={draft.username}
            onChange={(username) => change({ username })}
            error={problem('username')}
          />
          <TextField
            label="Token"
            type="password"
            value={draft.token}
            onChange={(token) => change({ token })}
            error={problem('token')}
          />
        </div>
      )}
      {draft.kind === 'ssh-key' && (
        <>
          <AreaField
            label="Private key"
            mono
            value={draft.privateKey}
            onChange={(privateKey) => change({ privateKey })}
            error={problem('privateKey')}
          />
          <AreaField
            label="Known hosts"
            mono
            rows={2}
            value={draft.knownHosts}
            onChange={(knownHosts) => change({ knownHosts })}
            hint="The output of ssh-keyscan, after checking it"
            error={problem('knownHosts')}
          />
        </>
      )}
    </>
  );
}

function TestOutcome({ test }: { test: Answer<'testNewRepository'> }) {
  return (
    <Notice tone={test.ok ? 'blue' : 'bad'}>
      <span role="status">
        {test.ok
          ? `Connected in ${Math.round(test.latencyMs)} ms: ${plural(test.refs, 'ref')}, default branch ${test.defaultBranch ?? 'unknown'}. `
          : 'Not connected. '}
        {test.message}
      </span>
    </Notice>
  );
}
