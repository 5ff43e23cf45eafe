'use client';

import { useState } from 'react';
import { api, type Body } from '#lib/client/api.ts';
import type { HealthRuleView } from '#lib/contracts/health-rules.ts';
import { announce } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { type ClauseDraft, RuleClause } from './rule-clause.tsx';
import { RuleTry } from './rule-try.tsx';

const NEW: ClauseDraft = {
  when: 'object.?status.?phase.orValue("") == "Failed"',
  status: 'Degraded',
  message: 'It failed',
  messageExpression: '',
};
const MOST_CLAUSES = 20;

interface FormProps {
  /** Absent for a new one. */
  rule?: HealthRuleView;
  /** Why it may only be read; null when it may be written. */
  refusal: string | null;
  onClose: () => void;
}

/** One rule: whom it is about, its clauses in order, and a try on a pasted object. */
export function RuleForm({ rule, refusal, onClose }: FormProps) {
  const form = useForm();
  const [group, setGroup] = useState(rule?.group ?? '');
  const [kind, setKind] = useState(rule?.kind ?? '');
  const [description, setDescription] = useState(rule?.description ?? '');
  // Each clause keeps its name while others move.
  const [clauses, setClauses] = useState(() => (rule?.clauses ?? [NEW]).map((clause, id) => ({ id, clause })));
  const draft: Body<'createHealthRule'> = {
    group: group.trim(),
    kind: kind.trim(),
    description: description.trim(),
    clauses: clauses.map(({ clause }) => clause),
  };
  const save = () =>
    form.run(async () => {
      if (rule === undefined) await api('createHealthRule', { body: draft });
      else await api('updateHealthRule', { params: { id: rule.id }, body: draft });
      announce(`The rule of ${draft.kind} was saved`);
      onClose();
    });
  const add = () =>
    setClauses([...clauses, { id: Math.max(-1, ...clauses.map(({ id }) => id)) + 1, clause: { ...NEW, when: '' } }]);
  const up = (index: number) =>
    setClauses([
      ...clauses.slice(0, index - 1),
      ...clauses.slice(index - 1, index + 1).reverse(),
      ...clauses.slice(index + 1),
    ]);
  const problem = (path: string) => form.problem(path);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={rule === undefined ? 'Add health rule' : `Health rule of ${rule.kind}`}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" reason={refusal} busy={form.busy} disabled={kind === ''} onClick={() => void save()}>
            {rule === undefined ? 'Add rule' : 'Save rule'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Kind"
            mono
            required
            maxLength={63}
            hint="Such as Database, or * for every kind of the group."
            value={kind}
            onChange={setKind}
            error={problem('kind')}
          />
          <TextField
            label="API group"
            mono
            maxLength={253}
            hint="Such as db.example.com or *.example.com; empty for the core group."
            value={group}
            onChange={setGroup}
            error={problem('group')}
          />
        </div>
        <TextField
          label="Description"
          maxLength={2_000}
          value={description}
          onChange={setDescription}
          error={problem('description')}
        />
        <p className="text-xs text-mute">
          The first clause that holds decides. When none does, what is built in decides. Expressions are CEL; the live
          object is <code className="font-mono">object</code>.
        </p>
        {clauses.map(({ id, clause }, index) => (
          <RuleClause
            key={id}
            number={index + 1}
            clause={clause}
            onChange={(change) => {
              form.clear();
              setClauses(clauses.map((one) => (one.id === id ? { id, clause: { ...clause, ...change } } : one)));
            }}
            problem={(field) => problem(`clauses.${index}.${field}`)}
            {...(index > 0 ? { onUp: () => up(index) } : {})}
            {...(clauses.length > 1 ? { onRemove: () => setClauses(clauses.filter((one) => one.id !== id)) } : {})}
          />
        ))}
        <Button size="small" disabled={clauses.length >= MOST_CLAUSES} onClick={add}>
          Add clause
        </Button>
        <RuleTry rule={draft} refusal={refusal} />
        {form.error !== undefined && <Failure title="Nothing was saved" error={form.error} />}
      </div>
    </Dialog>
  );
}
