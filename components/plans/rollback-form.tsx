'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanInput } from '#lib/contracts/operations.ts';
import { ask, askPages } from '#lib/client/ask.ts';
import { relativeTime, shortSha } from '#lib/client/format.ts';
import { FORGE_WORDS } from '#lib/client/forges.ts';
import type { PlanRequest } from '#components/shell/planning.tsx';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { AreaField, CheckField, RadioCards, SelectField, TextField } from '#components/ui/field.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { ExpiryFields, expiryOf } from '#components/ui/expiry.tsx';
import { useNow } from '#components/ui/time.tsx';

interface RollbackProps {
  applicationId: string;
  act: Extract<PlanRequest['act'], { kind: 'rollback' }>;
  fields: readonly { path: string; message: string }[];
  /** A plan of what stands in the form was asked for. */
  planned: boolean;
  onPlan: (input: PlanInput) => void;
  onChange: () => void;
}

/** Where to go back to, how, and why. */
export function RollbackForm({ applicationId, act, fields, planned, onPlan, onChange }: RollbackProps) {
  const whyNot = useWhyNot();
  const now = useNow();
  const deployments = useInfiniteQuery(
    askPages('listDeployments', { params: { id: applicationId }, query: { limit: 50 } }),
  );
  const past = (deployments.data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((each) => !each.current && each.outcome !== 'failed');
  const [method, setMethod] = useState(act.method);
  const [chosen, setChosen] = useState(act.deployment?.id ?? '');
  const [reason, setReason] = useState('');
  const [expiry, setExpiry] = useState('4');
  const [custom, setCustom] = useState('');
  const [choice, setChoice] = useState<BranchChoice>({ branch: null, isProposed: false });
  const deploymentId = chosen === '' ? (past[0]?.id ?? '') : chosen;
  const expiresAt = expiryOf({ choice: expiry, custom, now });
  const refusal = whyNot(method === 'pin' ? 'applications:pin' : 'applications:rollback');
  const problem = (path: string) => fields.find((field) => field.path === path)?.message;
  const touch =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      onChange();
    };
  if (deployments.isPending) return <Loading rows={3} label="Loading past deployments" />;
  if (deployments.error !== null && past.length === 0)
    return <Failure error={deployments.error} onRetry={() => void deployments.refetch()} />;
  const targets =
    act.deployment !== undefined && !past.some((each) => each.id === act.deployment?.id)
      ? [act.deployment, ...past]
      : past;
  if (targets.length === 0) return <Notice tone="grey">There is no earlier deployment to go back to.</Notice>;
  const complete =
    deploymentId !== '' &&
    reason.trim().length >= 3 &&
    (method === 'git' || expiresAt !== null) &&
    choice.branch !== '';
  const submit = () => {
    if (method === 'pin') {
      if (expiresAt !== null) onPlan({ kind: 'pin', deploymentId, reason: reason.trim(), expiresAt });
    } else {
      onPlan({
        kind: 'rollback-git',
        deploymentId,
        reason: reason.trim(),
        ...(choice.branch === null ? {} : { newBranch: choice.branch, pullRequest: choice.isProposed }),
      });
    }
  };
  return (
    <div className="space-y-3 rounded-lg border border-line bg-raise p-3">
      <RadioCards
        legend="How"
        name="method"
        value={method}
        onChange={touch((value) => setMethod(value === 'pin' ? 'pin' : 'git'))}
        choices={[
          {
            value: 'git',
            label: 'Revert in Git',
            hint: 'A commit that restores what was rendered then. Git stays the truth.',
          },
          {
            value: 'pin',
            label: 'Pin for a while',
            hint: 'Held at that deployment until it expires; Git is not touched.',
          },
        ]}
      />
      <SelectField
        label="Back to"
        value={deploymentId}
        onChange={touch(setChosen)}
        error={problem('deploymentId')}
        choices={targets.map((each) => ({
          value: each.id,
          label: `${shortSha(each.commit.sha)} ${each.commit.subject} — ${relativeTime(each.finishedAt, now)} by ${each.actorName}`,
        }))}
      />
      <AreaField
        label="Reason"
        rows={2}
        value={reason}
        onChange={touch(setReason)}
        error={problem('reason')}
        hint={
          method === 'git'
            ? 'Goes into the commit message and the audit.'
            : 'Everybody who looks at the application sees it.'
        }
      />
      {method === 'pin' ? (
        <ExpiryFields
          expiry={expiry}
          onExpiry={touch(setExpiry)}
          custom={custom}
          onCustom={touch(setCustom)}
          error={problem('expiresAt')}
          hint="Then the application follows Git again."
        />
      ) : (
        <BranchFields
          applicationId={applicationId}
          {...choice}
          error={problem('newBranch')}
          onChange={touch(setChoice)}
        />
      )}
      {!planned && (
        <Button look="primary" reason={refusal} disabled={!complete} onClick={submit}>
          Show the plan
        </Button>
      )}
    </div>
  );
}

interface BranchChoice {
  /** Null = on the branch the application follows. */
  branch: string | null;
  isProposed: boolean;
}

/** Whether the commit goes to a branch of its own, and whether it is proposed from there. */
function BranchFields({
  applicationId,
  branch,
  isProposed,
  error,
  onChange,
}: BranchChoice & { applicationId: string; error: string | undefined; onChange: (choice: BranchChoice) => void }) {
  const { data: application } = useQuery(ask('getApplication', { params: { id: applicationId } }));
  const forge = application?.repositoryForge ?? null;
  return (
    <div className="space-y-2">
      <CheckField
        label="On a new branch, for review"
        checked={branch !== null}
        onChange={(on) => onChange({ branch: on ? '' : null, isProposed: false })}
      />
      {branch !== null && (
        <>
          <TextField
            label="New branch"
            mono
            value={branch}
            onChange={(next) => onChange({ branch: next, isProposed })}
            error={error}
            placeholder="rollback/web"
          />
          <CheckField
            label="Open a pull request"
            hint={
              forge === null
                ? 'What hosts the repository is not known; say it in its settings.'
                : `On ${FORGE_WORDS[forge]}, with the reason and a link to here.`
            }
            checked={isProposed}
            disabled={forge === null}
            onChange={(proposed) => onChange({ branch, isProposed: proposed })}
          />
        </>
      )}
    </div>
  );
}
