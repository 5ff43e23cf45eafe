'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { ApiError } from '#lib/client/api.ts';
import { plural, shortSha } from '#lib/client/format.ts';
import { confirmationOf } from '#lib/domain/sync/confirmation.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';
import type { PlanRequest } from '#components/shell/planning.tsx';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { EndsWaiting } from './ends-waiting.tsx';
import { OperationProgress } from './operation-progress.tsx';
import { PlanDetails } from './plan-details.tsx';
import { RollbackForm } from './rollback-form.tsx';
import { type Choices, SyncChoices } from './sync-choices.tsx';
import { usePlan } from './use-plan.ts';

const VERB = { sync: 'Sync', revert: 'Revert', 'rollback-git': 'Roll back', pin: 'Pin', delete: 'Delete' } as const;

function firstInput({ act }: PlanRequest, { prune, confirmed = [], takeOver = [] }: Choices): PlanInput | null {
  if (act.kind === 'sync')
    return {
      kind: 'sync',
      prune,
      ...(confirmed.length > 0 ? { confirmed } : {}),
      ...(takeOver.length > 0 ? { takeOver } : {}),
      ...(act.resources === undefined ? {} : { resources: [...act.resources] }),
    };
  if (act.kind === 'delete') return { kind: 'delete' };
  if (act.kind === 'revert') return { kind: 'revert', resources: [...act.resources] };
  return null;
}

function titleOf(request: PlanRequest, input: PlanInput | null): string {
  const { name } = request.application;
  if (request.act.kind === 'rollback') {
    return `${input?.kind === 'pin' || (input === null && request.act.method === 'pin') ? 'Pin' : 'Roll back'} ${name}`;
  }
  if (request.act.kind === 'delete') return `Delete ${name} and its objects`;
  return request.act.kind === 'sync' ? `Sync ${name}` : `Revert drift of ${name}`;
}

function descriptionOf(plan: PlanView | undefined): string {
  const revision = plan?.revision ? `At revision ${shortSha(plan.revision)}. ` : '';
  return `${revision}Nothing is written before you click.`;
}

/** The cluster equals what is asked for already. */
function isNothing(input: PlanInput | null, plan: PlanView | undefined): boolean {
  const result = plan?.result ?? null;
  if (result === null || input?.kind === 'pin' || input?.kind === 'delete') return false;
  const { create, change, prune, hook } = result.counts;
  return create + change + prune + hook === 0 && (result.git?.empty ?? true);
}

/** Shows what will happen, lets it happen once it was seen, and follows it. */
export function PlanDialog({ request, onClose }: { request: PlanRequest; onClose: () => void }) {
  const [input, setInput] = useState(() => firstInput(request, { prune: false }));
  const [typed, setTyped] = useState('');
  const flow = usePlan(request.application.id);
  const { plan, operation } = flow;
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || input === null) return;
    begun.current = true;
    flow.requested.mutate(input);
  }, [flow.requested, input]);

  const ended = useEnding(operation, request.application);
  useDeleted(flow.deleted, request.application, onClose);
  // Overtaken after the click: nothing was applied, so the next step is another look.
  const untouched = operation?.phase === 'failed' && operation.objects.every((each) => each.result === 'pending');

  const compute = (next: PlanInput) => {
    setInput(next);
    setTyped('');
    begun.current = true;
    flow.restart(next);
  };
  const stale = flow.started.error instanceof ApiError && flow.started.error.status === 409;
  const guards = plan?.result?.guards ?? [];
  const typedName = confirmationOf(guards);
  const blocked = guards.some((guard) => guard.level === 'block');
  const counts = plan?.result?.counts;
  const nothing = isNothing(input, plan);
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
      {...(operation === undefined ? { description: descriptionOf(plan) } : {})}
      footer={
        <Footer
          ended={operation === undefined ? null : ended}
          verb={input === null ? null : `${verb}${goingWords(input, counts?.prune ?? 0)}`}
          danger={input?.kind === 'delete' || (counts?.prune ?? 0) > 0}
          busy={flow.started.isPending}
          ready={ready}
          onGo={() => flow.started.mutate(typed)}
          onAgain={untouched && input !== null ? () => compute(input) : null}
          onClose={onClose}
        />
      }
    >
      {operation !== undefined ? (
        <OperationProgress operation={operation} />
      ) : (
        <div className="space-y-3">
          <EndsWaiting applicationId={request.application.id} />
          {input?.kind === 'sync' && (
            <SyncChoices
              choices={input}
              objects={plan?.result?.objects ?? []}
              disabled={flow.started.isPending}
              onChange={(choices) => {
                const next = firstInput(request, choices);
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
            <Stale message={flow.started.error?.message ?? ''} onAgain={() => compute(input)} />
          )}
          {flow.started.error !== null && !stale && (
            <Failure title={`${verb} was refused`} error={flow.started.error} />
          )}
          {input !== null && failure === null && (plan === undefined || plan.state === 'computing') && <Computing />}
          {plan?.state === 'ready' && plan.result !== null && input !== null && (
            <PlanDetails result={plan.result} nothing={nothing} typed={typed} onTyped={setTyped} />
          )}
        </div>
      )}
    </Dialog>
  );
}

function Computing() {
  return (
    <div>
      <p role="status" className="text-sm text-mute">
        Computing: rendering Git and asking the cluster what each change would do…
      </p>
      <Loading rows={5} label="Computing the plan" />
    </div>
  );
}

/** True once the operation is over; then everything is read again, and success says so in the corner. */
function useEnding(operation: OperationView | undefined, application: { id: string; name: string }): boolean {
  const queries = useQueryClient();
  const { id, name } = application;
  const phase = operation?.phase;
  const kind = operation?.kind ?? 'sync';
  const ended = phase !== undefined && !ACTIVE_PHASES.includes(phase);
  useEffect(() => {
    if (!ended) return;
    void queries.invalidateQueries();
    if (phase !== 'succeeded') return;
    announce(`${VERB[kind]} of ${name} succeeded`, {
      link: { label: 'Show the record', href: `/audit?targetId=${id}` },
    });
  }, [ended, phase, kind, queries, id, name]);
  return ended;
}

/** The application is gone: there is nothing left to look at here. */
function useDeleted(deleted: boolean, { id, name }: { id: string; name: string }, onClose: () => void): void {
  const queries = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    if (!deleted) return;
    announce(`${name} and its objects were deleted`, {
      link: { label: 'Show the record', href: `/audit?targetId=${id}` },
    });
    onClose();
    router.push('/applications');
    void queries.invalidateQueries({ queryKey: ['listApplications'] });
  }, [deleted, id, name, onClose, queries, router]);
}

/** What goes with the click, behind its verb. */
function goingWords(input: PlanInput, count: number): string {
  if (input.kind === 'delete') return ` it and ${plural(count, 'object')}`;
  return count > 0 ? ` and prune ${count}` : '';
}

interface FooterProps {
  /** Null before the click. */
  ended: boolean | null;
  /** Null while there is nothing to plan yet. */
  verb: string | null;
  danger: boolean;
  busy: boolean;
  ready: boolean;
  onGo: () => void;
  /** Makes the plan again after an operation that did nothing; null otherwise. */
  onAgain: (() => void) | null;
  onClose: () => void;
}

function Footer({ ended, verb, danger, busy, ready, onGo, onAgain, onClose }: FooterProps) {
  if (ended !== null) {
    return (
      <>
        {onAgain !== null && <Button onClick={onAgain}>Make the plan again</Button>}
        <Button look={ended ? 'primary' : 'plain'} onClick={onClose}>
          {ended ? 'Done' : 'Close and let it run'}
        </Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      {verb !== null && (
        <Button look={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={onGo}>
          {verb}
        </Button>
      )}
    </>
  );
}

function Stale({ message, onAgain }: { message: string; onAgain: () => void }) {
  return (
    <Notice tone="amber">
      <p className="font-semibold">Something moved since this plan was made.</p>
      <p>{message} Nothing was done. Make the plan again and look at what changed.</p>
      <Button size="small" className="mt-2" onClick={onAgain}>
        Make the plan again
      </Button>
    </Notice>
  );
}
