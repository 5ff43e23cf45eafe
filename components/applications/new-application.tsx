'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { api } from '#lib/client/api.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { AreaField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Failure } from '#components/ui/states.tsx';
import { DeclarationFields } from './declaration-fields.tsx';
import { EMPTY_DRAFT } from './declaration.ts';
import { useDeclaration } from './use-declaration.ts';

const SAMPLE = `apiVersion: quarterdeck.dev/v1
kind: Application
metadata:
  name: web
spec:
  project: default
  destination:
    cluster: production
    namespace: web
  source:
    repository: platform
    targetRevision: main
    path: apps/web/overlays/production
  syncPolicy:
    automated: false
    selfHeal: false
    prune: false
    allowEmpty: false
    createNamespace: true
`;

const MODES = ['form', 'yaml'] as const;

/** Declares an application, by form or as YAML. */
export function NewApplication() {
  const router = useRouter();
  const queries = useQueryClient();
  const whyNot = useWhyNot();
  const [mode, setMode] = useQueryState('as', parseAsStringLiteral(MODES).withDefault('form'));
  const [yaml, setYaml] = useState(SAMPLE);
  const [yamlError, setYamlError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const created = (application: ApplicationView) => {
    void queries.invalidateQueries();
    announce(`${application.name} was added`, {
      description: 'It is compared with Git; nothing is changed before a sync.',
    });
    router.push(`/applications/${application.id}`);
  };
  const form = useDeclaration(EMPTY_DRAFT, async (input) => created(await api('createApplication', { body: input })));
  const submitYaml = async () => {
    setBusy(true);
    setYamlError(undefined);
    try {
      created(await api('createApplication', { text: { type: 'application/yaml', content: yaml } }));
    } catch (error) {
      setYamlError(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  const error = mode === 'form' ? form.error : yamlError;
  return (
    <div className="max-w-[1000px] space-y-4 py-3">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Add application</h1>
        <div
          role="group"
          aria-label="How to declare it"
          className="inline-flex rounded-[7px] border border-line-strong/70 p-px"
        >
          {MODES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={mode === each}
              onClick={() => void setMode(each)}
              className={cn(
                'h-[26px] rounded-md px-2.5 text-xs',
                mode === each ? 'bg-grey-soft font-semibold' : 'text-mute',
              )}
            >
              {each === 'form' ? 'Form' : 'YAML'}
            </button>
          ))}
        </div>
      </header>
      {mode === 'form' ? (
        <DeclarationFields draft={form.draft} onChange={form.change} problem={form.problem} />
      ) : (
        <Panel title="Declaration" note="names instead of ids; projects, clusters and repositories must exist">
          <AreaField label="Application as YAML" mono rows={22} value={yaml} onChange={setYaml} />
        </Panel>
      )}
      {error !== undefined && <Failure title="The application was not added" error={error} />}
      <Button
        look="primary"
        busy={form.busy || busy}
        reason={whyNot('applications:write')}
        onClick={() => void (mode === 'form' ? form.submit() : submitYaml())}
      >
        Add application
      </Button>
    </div>
  );
}
