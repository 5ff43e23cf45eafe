'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Failure, Loading } from '#components/ui/states.tsx';
import { readRules, RulesField, rulesText } from './rules-field.tsx';

/** Ignore rules of the whole installation. */
export function SystemRules() {
  const query = useQuery(ask('getSystemIgnoreRules'));
  const queries = useQueryClient();
  const refusal = useWhyNot()('projects:write');
  const form = useForm();
  const [draft, setDraft] = useState<string>();
  const stored = query.data === undefined ? undefined : rulesText(query.data.ignoreRules);
  const save = (text: string) =>
    form.run(async () => {
      await api('updateSystemIgnoreRules', { body: { ignoreRules: readRules(text) } });
      await queries.invalidateQueries({ queryKey: ['getSystemIgnoreRules'] });
      setDraft(undefined);
      announce('Ignore rules were saved; every application is compared anew');
    });
  const text = draft ?? stored;
  return (
    <Panel title="Ignore rules for all applications" note="fields that others may set without it being drift">
      {query.error !== null && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {text === undefined ? (
        query.error === null && <Loading rows={2} label="Loading ignore rules" />
      ) : (
        <div className="space-y-3">
          <RulesField label="Rules as JSON" value={text} onChange={setDraft} error={form.problem('ignoreRules')} />
          {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
          <Button
            look="primary"
            busy={form.busy}
            disabled={draft === undefined || draft === stored}
            reason={refusal}
            onClick={() => void save(text)}
          >
            Save rules
          </Button>
        </div>
      )}
    </Panel>
  );
}
