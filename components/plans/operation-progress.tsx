'use client';

import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import type { OperationView } from '#lib/contracts/operations.ts';
import { api } from '#lib/client/api.ts';
import { durationWords, objectWords, shortSha } from '#lib/client/format.ts';
import { ACTIVE_PHASES } from '#lib/domain/sync/status.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { OPERATION_WORDS, PHASE_LOOK, RESULT_LOOK } from '#components/health/acts.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { Button } from '#components/ui/button.tsx';
import { CopyButton, Sha } from '#components/ui/copy.tsx';
import { Failure } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { useNow } from '#components/ui/time.tsx';

/** An operation as it goes: phase, time, and the result of every object. */
export function OperationProgress({ operation }: { operation: OperationView }) {
  const now = useNow();
  const whyNot = useWhyNot();
  const active = ACTIVE_PHASES.includes(operation.phase);
  const terminate = useMutation({ mutationFn: () => api('terminateOperation', { params: { id: operation.id } }) });
  const from = Date.parse(operation.startedAt ?? operation.createdAt);
  const until = operation.finishedAt === null ? Math.max(now, from) : Date.parse(operation.finishedAt);
  const done = operation.objects.filter((each) => each.result !== 'pending' && each.result !== 'running').length;
  const asked = operation.terminateRequestedAt !== null || terminate.isSuccess;
  return (
    <section aria-label="Progress" className="space-y-3">
      <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <StateBadge look={PHASE_LOOK[operation.phase]} />
        <span>
          {OPERATION_WORDS[operation.kind]}
          {operation.revision !== null && ` to ${shortSha(operation.revision)}`} by {operation.actor.name}
        </span>
        <span className="text-mute" suppressHydrationWarning>
          {done} of {operation.objects.length} objects · {durationWords(until - from)}
        </span>
        {active && (
          <Button
            look="danger"
            className="ml-auto"
            busy={terminate.isPending}
            reason={
              whyNot('applications:terminate') ??
              (asked ? 'Termination was requested; the object in hand is finished first' : null)
            }
            onClick={() => terminate.mutate()}
          >
            {asked ? 'Terminating…' : 'Terminate'}
          </Button>
        )}
      </div>
      {operation.objects.length > 0 && (
        <div
          className="h-1.5 overflow-hidden rounded-full bg-grey-soft"
          role="progressbar"
          aria-label="Objects done"
          aria-valuemin={0}
          aria-valuemax={operation.objects.length}
          aria-valuenow={done}
        >
          <div
            className={
              operation.phase === 'failed' || operation.phase === 'interrupted'
                ? 'h-full bg-bad'
                : operation.phase === 'succeeded'
                  ? 'h-full bg-ok'
                  : 'h-full bg-accent transition-[width]'
            }
            style={{ width: `${(100 * done) / operation.objects.length}%` }}
          />
        </div>
      )}
      {terminate.error !== null && <Failure title="It was not terminated" error={terminate.error} />}
      {operation.message !== '' &&
        (operation.phase === 'failed' || operation.phase === 'interrupted' ? (
          <Failure
            title={`${OPERATION_WORDS[operation.kind]} ${operation.phase}`}
            error={new Error(operation.message)}
          />
        ) : (
          <p className="text-sm text-mute">{operation.message}</p>
        ))}
      <Made operation={operation} />
      {operation.objects.length > 0 && (
        <div className="rounded-lg border border-line">
          <Table stacked caption="Objects of this operation">
            <thead>
              <Tr>
                <Th>Object</Th>
                <Th>Result</Th>
                <Th>Message</Th>
              </Tr>
            </thead>
            <tbody>
              {operation.objects.map((each) => (
                <Tr key={each.key}>
                  <Td data-lead>
                    <span title={each.key}>{objectWords(each.key)}</span>
                    {each.action === 'hook' && <span className="text-mute"> {each.phase} hook</span>}
                  </Td>
                  <Td>
                    <StateBadge look={RESULT_LOOK[each.result]} bare />
                  </Td>
                  <Td className="max-w-100 break-words text-mute">
                    {each.message}
                    {each.result === 'failed' && (
                      <CopyButton
                        label={`Copy error of ${objectWords(each.key)}`}
                        text={`${each.key}\n${each.message}`}
                      />
                    )}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      <p className="text-xs text-mute">
        <Link href={`/audit?targetId=${operation.applicationId}`} className="text-accent hover:underline">
          Records of {operation.applicationName} in the audit
        </Link>
      </p>
    </section>
  );
}

/** What an operation left in Git and on its forge. */
function Made({ operation }: { operation: OperationView }) {
  return (
    <>
      {operation.commitSha !== null && (
        <p className="text-sm">
          Commit <Sha sha={operation.commitSha} />
        </p>
      )}
      {operation.pullRequestUrl !== null && /^https?:\/\//.test(operation.pullRequestUrl) && (
        <p className="text-sm">
          <a
            href={operation.pullRequestUrl}
            rel="noreferrer noopener"
            target="_blank"
            className="text-accent underline"
          >
            {operation.pullRequestUrl}
          </a>
        </p>
      )}
    </>
  );
}
