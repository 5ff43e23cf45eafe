'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { api } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import type { HealthRuleView } from '#lib/contracts/health-rules.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Confirm } from '#components/ui/confirm.tsx';
import { part } from '#components/ui/lazy.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Empty, Failure, Loading } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';

const RuleForm = part(async () => (await import('./rule-form.tsx')).RuleForm);

const nameOf = ({ group, kind }: HealthRuleView) => (group === '' ? kind : `${kind}.${group}`);

/** The health rules people wrote: list, editor, deletion. */
export function HealthRuleSettings() {
  const query = useQuery(ask('listHealthRules'));
  const queries = useQueryClient();
  const refusal = useWhyNot()('health-rules:write');
  const [edited, setEdited] = useState<HealthRuleView | 'new'>();
  const [deleted, setDeleted] = useState<HealthRuleView>();
  const items = query.data?.items ?? [];
  return (
    <>
      <Panel
        flush
        title="Health rules"
        note="how objects of a kind are judged, where you know better than what is built in"
        aside={
          <Button look="primary" reason={refusal} onClick={() => setEdited('new')}>
            <Plus aria-hidden className="size-3.5" />
            Add rule
          </Button>
        }
      >
        {query.error !== null && <Failure error={query.error} onRetry={() => void query.refetch()} className="m-4" />}
        {query.data === undefined ? (
          query.error === null && <Loading rows={3} label="Loading health rules" />
        ) : items.length === 0 ? (
          <Empty title="No rules of your own">
            Every kind is judged by its built-in rule, or by the conditions it reports.
          </Empty>
        ) : (
          <Table stacked caption="Health rules">
            <thead>
              <Tr>
                <Th>Kind</Th>
                <Th>Group</Th>
                <Th>Description</Th>
                <Th>Says</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </Tr>
            </thead>
            <tbody>
              {items.map((rule) => (
                <Tr key={rule.id} className="hover:bg-hover">
                  <Td data-lead className="font-semibold">
                    {rule.kind === '*' ? 'Every kind' : rule.kind}
                  </Td>
                  <Td data-label="Group" className="font-mono text-xs">
                    {rule.group === '' ? 'core' : rule.group}
                  </Td>
                  <Td className="text-mute">{rule.description}</Td>
                  <Td data-label="Says">{[...new Set(rule.clauses.map(({ status }) => status))].join(', ')}</Td>
                  <Td>
                    <span className="flex justify-end gap-1.5">
                      <Button
                        size="small"
                        aria-label={`Open the rule of ${nameOf(rule)}`}
                        onClick={() => setEdited(rule)}
                      >
                        {refusal === null ? 'Change' : 'View'}
                      </Button>
                      <Button
                        size="small"
                        look="ghost"
                        reason={refusal}
                        aria-label={`Delete the rule of ${nameOf(rule)}`}
                        onClick={() => setDeleted(rule)}
                      >
                        Delete
                      </Button>
                    </span>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
      {edited !== undefined && (
        <RuleForm
          {...(edited === 'new' ? {} : { rule: edited })}
          refusal={refusal}
          onClose={() => setEdited(undefined)}
        />
      )}
      {deleted !== undefined && (
        <Confirm
          open
          onOpenChange={(open) => !open && setDeleted(undefined)}
          title={`Delete the health rule of ${nameOf(deleted)}`}
          action="Delete rule"
          onConfirm={async () => {
            await api('deleteHealthRule', { params: { id: deleted.id } });
            announce(`The rule of ${nameOf(deleted)} was deleted`);
            await queries.invalidateQueries({ queryKey: ['listHealthRules'] });
          }}
        >
          <p>Applications with such objects are judged anew, by what is built in.</p>
        </Confirm>
      )}
    </>
  );
}
