'use client';

import { useState } from 'react';
import type { ConnectionTest } from '#lib/contracts/clusters.ts';
import { type Answer, api } from '#lib/client/api.ts';
import { plural } from '#lib/client/format.ts';
import { announce } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/copy.tsx';
import { AreaField, CheckField, TextField } from '#components/ui/field.tsx';
import { Failure, Notice } from '#components/ui/states.tsx';
import { labelsOf } from './labels.ts';
import { TestResult } from './test-dialog.tsx';

type Contexts = Answer<'readKubeconfig'>;

interface Chosen {
  name: string;
  labels: string;
}

function nameOf(context: string): string {
  return context
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}

/** Paste or upload, choose contexts, test, add: all or none. */
export function KubeconfigForm({ onDone }: { onDone: () => void }) {
  const form = useForm();
  const [text, setText] = useState('');
  const [read, setRead] = useState<Contexts>();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [tests, setTests] = useState<ReadonlyMap<string, ConnectionTest>>(new Map());
  const take = (kubeconfig: string) =>
    form.run(async () => {
      const view = await api('readKubeconfig', { body: { kubeconfig } });
      setText(kubeconfig);
      setRead(view);
      setTests(new Map());
      const usable = view.contexts.filter((each) => each.problem === null);
      setChosen(
        new Map(usable.length === 1 ? usable.map((each) => [each.name, { name: nameOf(each.name), labels: '' }]) : []),
      );
    });
  const testAll = () =>
    form.run(async () => {
      for (const context of chosen.keys()) {
        const result = await api('testNewCluster', { body: { kubeconfig: text, context } });
        setTests((before) => new Map(before).set(context, result));
      }
    });
  const add = () =>
    form.run(async () => {
      const contexts = [...chosen].map(([context, { name, labels }]) => ({ context, name, labels: labelsOf(labels) }));
      await api('importKubeconfig', { body: { kubeconfig: text, contexts } });
      announce(`${plural(contexts.length, 'cluster')} added`);
      onDone();
    });
  const change = (context: string, next: Chosen | null) => {
    const map = new Map(chosen);
    if (next === null) map.delete(context);
    else map.set(context, next);
    setChosen(map);
  };
  return (
    <div className="space-y-3">
      {read === undefined ? (
        <>
          <AreaField
            label="Kubeconfig"
            mono
            rows={8}
            value={text}
            onChange={setText}
            placeholder={'apiVersion: v1\nkind: Config\n…'}
            error={form.problem('kubeconfig')}
            hint="Nothing is kept before you choose contexts."
          />
          <label className="block text-sm">
            <span className="mb-1 block text-xs font-medium">Or upload the file</span>
            <input
              type="file"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file !== undefined) void file.text().then(take);
              }}
              className="text-xs file:mr-2 file:h-7 file:rounded-md file:border file:border-line-strong file:bg-surface file:px-2 file:font-semibold"
            />
          </label>
          <details className="text-sm">
            <summary className="text-mute">The command for a kubeconfig of one context</summary>
            <CodeBlock
              label="command"
              text="kubectl config view --raw --minify --flatten > cluster.kubeconfig"
              className="mt-1"
            />
          </details>
        </>
      ) : (
        <ContextList contexts={read} chosen={chosen} tests={tests} onChange={change} />
      )}
      {form.error !== undefined && (
        <Failure
          title={read === undefined ? 'The kubeconfig cannot be read' : 'No cluster was added'}
          error={form.error}
        />
      )}
      <div className="flex justify-end gap-2">
        {read === undefined ? (
          <Button look="primary" busy={form.busy} disabled={text.trim() === ''} onClick={() => void take(text)}>
            Read contexts
          </Button>
        ) : (
          <>
            <Button onClick={() => setRead(undefined)}>Back</Button>
            <Button busy={form.busy} disabled={chosen.size === 0} onClick={() => void testAll()}>
              Test connection
            </Button>
            <Button look="primary" busy={form.busy} disabled={chosen.size === 0} onClick={() => void add()}>
              {chosen.size > 1 ? `Add ${chosen.size} clusters` : 'Add cluster'}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

interface ListProps {
  contexts: Contexts;
  chosen: ReadonlyMap<string, Chosen>;
  tests: ReadonlyMap<string, ConnectionTest>;
  onChange: (context: string, next: Chosen | null) => void;
}

function ContextList({ contexts, chosen, tests, onChange }: ListProps) {
  return (
    <>
      {contexts.warnings.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      <ul aria-label="Contexts" className="divide-y divide-line rounded-lg border border-line">
        {contexts.contexts.map((context) => {
          const mine = chosen.get(context.name);
          const test = tests.get(context.name);
          return (
            <li key={context.name} className="space-y-2 px-3 py-2.5">
              <CheckField
                label={context.name}
                hint={context.problem ?? `${context.server} · ${context.user} · ${context.credentialKind}`}
                disabled={context.problem !== null}
                checked={mine !== undefined}
                onChange={(on) => onChange(context.name, on ? { name: nameOf(context.name), labels: '' } : null)}
              />
              {mine !== undefined && (
                <div className="grid gap-3 pl-6 sm:grid-cols-2">
                  <TextField
                    label={`Name of ${context.name}`}
                    value={mine.name}
                    onChange={(name) => onChange(context.name, { ...mine, name })}
                  />
                  <TextField
                    label={`Labels of ${context.name}`}
                    value={mine.labels}
                    placeholder="environment=production"
                    onChange={(labels) => onChange(context.name, { ...mine, labels })}
                  />
                </div>
              )}
              {test !== undefined && (
                <div className="pl-6">
                  <TestResult test={test} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
