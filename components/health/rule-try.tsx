'use client';

import { useState } from 'react';
import { api, type Body } from '#lib/client/api.ts';
import type { TriedHealthRule } from '#lib/contracts/health-rules.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { AreaField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { StateBadge } from './state-badge.tsx';
import { HEALTH_LOOK } from './states.ts';

/** What the rule as it stands says of an object somebody pastes. Neither is saved. */
export function RuleTry({ rule, refusal }: { rule: Body<'createHealthRule'>; refusal: string | null }) {
  const form = useForm();
  const [object, setObject] = useState('');
  const [tried, setTried] = useState<TriedHealthRule>();
  const run = () =>
    form.run(async () => {
      setTried(undefined);
      setTried(await api('tryHealthRule', { body: { rule, object } }));
    });
  return (
    <section aria-label="Try it" className="space-y-2 rounded-lg bg-hover p-3">
      <AreaField
        label="Try it on an object"
        mono
        rows={5}
        hint="Paste one object as YAML or JSON, with its status. It is judged and forgotten; no cluster is asked."
        value={object}
        onChange={(text) => {
          setObject(text);
          setTried(undefined);
        }}
        error={form.problem('object')}
      />
      <div className="flex flex-wrap items-center gap-2" aria-live="polite">
        <Button
          size="small"
          reason={refusal}
          busy={form.busy}
          disabled={object.trim() === ''}
          onClick={() => void run()}
        >
          Try
        </Button>
        {tried !== undefined && (
          <>
            <StateBadge look={HEALTH_LOOK[tried.status]} />
            <span className="text-sm">{wordsOf(tried)}</span>
          </>
        )}
      </div>
      {form.error !== undefined && form.problem('object') === undefined && (
        <Failure title="It could not be tried" error={form.error} />
      )}
    </section>
  );
}

function wordsOf({ clause, decidedBy, message }: TriedHealthRule): string {
  const said = message === '' ? '' : `: ${message}`;
  switch (decidedBy) {
    case 'clause':
      return `Clause ${(clause ?? 0) + 1} holds${said}`;
    case 'failure':
      return message;
    case 'built-in':
      return `No clause holds, so what is built in decides${said}`;
    case 'not-of-this-kind':
      return `The rule is not asked: the object is of another kind, a Secret, or being deleted${said}`;
  }
}
