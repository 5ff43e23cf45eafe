'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { api, ApiError } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';

const PLAN_POLL = 700;
const OPERATION_POLL = 1_500;

const isGone = (error: Error | null) => error instanceof ApiError && error.status === 404;

/** Computing, looking at, and doing: one plan at a time. The stream wakes the questions; asking now and then is the net below it. */
export function usePlan(applicationId: string) {
  const queries = useQueryClient();
  const [planId, setPlanId] = useState<string>();
  const [operationId, setOperationId] = useState<string>();
  const requested = useMutation({
    mutationFn: (input: PlanInput) => api('requestPlan', { params: { id: applicationId }, body: input }),
    onSuccess: (plan: PlanView) => {
      queries.setQueryData([...ask('getPlan', { params: { id: plan.id } }).queryKey], plan);
      setPlanId(plan.id);
    },
  });
  const plan = useQuery({
    ...ask('getPlan', { params: { id: planId ?? '' } }),
    enabled: planId !== undefined,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'computing' ? PLAN_POLL : false),
  });
  const started = useMutation({
    mutationFn: (typedName: string) => {
      if (plan.data === undefined || plan.data.hash === null) throw new Error('The plan is not ready.');
      return api('requestOperation', {
        params: { id: applicationId },
        body: { planId: plan.data.id, planHash: plan.data.hash, ...(typedName === '' ? {} : { typedName }) },
      });
    },
    onSuccess: (operation: OperationView) => {
      queries.setQueryData([...ask('getOperation', { params: { id: operation.id } }).queryKey], operation);
      setOperationId(operation.id);
    },
  });
  const { operation, deleted } = useOperation(operationId);
  const restart = (input: PlanInput) => {
    setPlanId(undefined);
    setOperationId(undefined);
    started.reset();
    requested.mutate(input);
  };
  const reset = () => {
    setPlanId(undefined);
    requested.reset();
    started.reset();
  };
  return {
    deleted,
    requested,
    plan: plan.data,
    planError: plan.error,
    started,
    operation,
    restart,
    reset,
  };
}

/** An operation as it goes. A deletion takes its own record with it: then it is `deleted`, and the audit keeps it. */
function useOperation(operationId: string | undefined): { operation: OperationView | undefined; deleted: boolean } {
  const { data, error } = useQuery({
    ...ask('getOperation', { params: { id: operationId ?? '' } }),
    enabled: operationId !== undefined,
    refetchInterval: ({ state }) =>
      !isGone(state.error) && (state.data === undefined || ACTIVE_PHASES.includes(state.data.phase))
        ? OPERATION_POLL
        : false,
    retry: (count, failure) => !isGone(failure) && count < 3,
  });
  return { operation: data, deleted: data?.kind === 'delete' && isGone(error) };
}
