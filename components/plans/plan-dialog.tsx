'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { ApiError } from '#lib/client/api.ts';
import { shortSha } from '#lib/client/format.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';
import type { PlanRequest } from '#components/shell/planning.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { CheckField } from '#components/ui/field.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { OperationProgress } from './operation-progress.tsx';
import { PlanDetails } from './plan-details.tsx';
import { RollbackForm } from './rollback-form.tsx';
import { usePlan } from './use-plan.ts';

const VERB = { sync: 'Sync', revert: 'Revert', 'rollback-git': 'Roll back', pin: 'Pin' } as const;

function firstInput({ act }: PlanRequest, prune: boolean): PlanInput | null {
  if (act.kind === 'sync')
    return { kind: 'sync', prune, ...(act.resources === undefined ? {} : { resources: [...act.resources] }) };
  if (act.kind === 'revert') return { kind: 'revert', resources: [...act.resources] };
  return null;
}

function titleOf(request: PlanRequest, input: PlanInput | null): string {
  const { name } = request.application;
  if (request.act.kind === 'rollback') {
    return `${input?.kind === 'pin' || (input === null && request.act.method === 'pin') ? 'Pin' : 'Roll back'} ${name}`;
  }
  return request.act.kind === 'sync' ? `Sync ${name}` : `Revert drift of ${name}`;
}

/** Shows what will happen, lets it happen once it was seen, and follows it. */
export function PlanDialog({ request, onClose }: { request: PlanRequest; onClose: () => void }) {
  const queries = useQueryClient();
  const [prune, setPrune] = useState(false);
  const [input, setInput] = useState(() => firstInput(request, false));
  const [typed, setTyped] = useState('');
  const flow = usePlan(request.application.id);
  const { plan, operation } = flow;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || input === null) return;
    begun.current = true;
    flow.requested.mutate(input);
  }, [flow.requested, input]);

  const phase = operation?.phase;
  const ended = phase !== undefined && !ACTIVE_PHASES.includes(phase);
  useEffect(() => {
    if (!ended) return;
    void queries.invalidateQueries();
    if (phase === 'succeeded') {
      announce(`${VERB[operation?.kind ?? 'sync']} of ${request.application.name} succeeded`, {
        link: { label: 'Show the record', href: `/audit?targetId=${request.application.id}` },
      });
    }
  }, [ended, phase, operation?.kind, queries, request.application]);

  const compute = (next: PlanInput) => {
    setInput(next);
    setTyped('');
    begun.current = true;
    flow.restart(next);
  };
  const stale = flow.started.error instanceof ApiError && flow.started.error.status === 409;
  const guards = plan?.result?.guards ?? [];
  const typedName = guards.find((guard) => guard.level === 'confirm')?.typedName ?? null;
  const blocked = guards.some((guard) => guard.level === 'block');
  const counts = plan?.result?.counts;
  const nothing =
    counts !== undefined &&
    input?.kind !== 'pin' &&
    counts.create + counts.change + counts.prune === 0 &&
    (plan?.result?.git?.empty ?? true);
  const ready =
    plan?.state === 'ready' && !blocked && !nothing && !stale && (typedName === null || typed === typedName);
  const verb = VERB[input?.kind ?? 'sync'];
  const failure =
    flow.requested.error ??
    flow.planError ??
    (plan?.state === 'failed' ? new Error(plan.error ?? 'The plan failed.') : null);

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={titleOf(request, input)}
      width="wide"
      description={
        operation === undefined
          ? plan?.revision
            ? `At revision ${shortSha(plan.revision)}. Nothing is written before you click.`
            : 'Nothing is written before you click.'
          : undefined
      }
      footer={
        operation === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            {input !== null && (
              <Button
                look={counts !== undefined && counts.prune > 0 ? 'danger' : 'primary'}
                busy={flow.started.isPending}
                disabled={!ready}
                onClick={() => flow.started.mutate(typed)}
              >
                {verb}
                {counts !== undefined && counts.prune > 0 ? ` and prune ${counts.prune}` : ''}
              </Button>
            )}
          </>
        ) : (
          <Button look={ended ? 'primary' : 'plain'} onClick={onClose}>
            {ended ? 'Done' : 'Close and let it run'}
          </Button>
        )
      }
    >
      {operation !== undefined ? (
        <OperationProgress operation={operation} />
      ) : (
        <div className="space-y-3">
          {request.act.kind === 'sync' && (
            <CheckField
              label="Prune: delete objects that are no longer in Git"
              hint="Only what this application owns. The plan names each one."
              checked={prune}
              disabled={flow.started.isPending}
              onChange={(on) => {
                setPrune(on);
                const next = firstInput(request, on);
                if (next !== null) compute(next);
              }}
            />
          )}
          {request.act.kind === 'rollback' && (
            <RollbackForm
              applicationId={request.application.id}
              act={request.act}
              fields={flow.requested.error instanceof ApiError ? flow.requested.error.fields : []}
              planned={input !== null && flow.requested.error === null}
              onPlan={compute}
              onChange={() => {
                setInput(null);
                flow.reset();
              }}
            />
          )}
          {failure !== null && (
            <Failure
              title="There is no plan"
              error={failure}
              {...(input === null ? {} : { onRetry: () => compute(input) })}
            />
          )}
          {stale && input !== null && (
            <Notice tone="amber">
              <p className="font-semibold">Something moved since this plan was made.</p>
              <p>{flow.started.error?.message} Nothing was done. Make the plan again and look at what changed.</p>
              <Button size="small" className="mt-2" onClick={() => compute(input)}>
                Make the plan again
              </Button>
            </Notice>
          )}
          {flow.started.error !== null && !stale && (
            <Failure title={`${verb} was refused`} error={flow.started.error} />
          )}
          {input !== null && failure === null && (plan === undefined || plan.state === 'computing') && (
            <div>
              <p role="status" className="text-sm text-mute">
                Computing: rendering Git and asking the cluster what each change would do…
              </p>
              <Loading rows={5} label="Computing the plan" />
            </div>
          )}
          {plan?.state === 'ready' && plan.result !== null && input !== null && (
            <PlanDetails result={plan.result} nothing={nothing} typed={typed} onTyped={setTyped} />
          )}
        </div>
      )}
    </Dialog>
  );
}
