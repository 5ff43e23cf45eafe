'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { api, ApiError } from '#lib/client/api.ts';
import { announce } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ExpiryFields, expiryOf } from '#components/ui/expiry.tsx';
import { AreaField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { useNow } from '#components/ui/time.tsx';
import { applicationQuery } from './queries.ts';

interface SuspendProps {
  application: ApplicationView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Until when automatic sync stands still, and why. */
export function SuspendDialog({ application, open, onOpenChange }: SuspendProps) {
  const queries = useQueryClient();
  const now = useNow();
  const [reason, setReason] = useState('');
  const [expiry, setExpiry] = useState('4');
  const [custom, setCustom] = useState('');
  const expiresAt = expiryOf({ choice: expiry, custom, now });
  const suspend = useMutation({
    mutationFn: (input: { reason: string; expiresAt: string }) =>
      api('suspendApplication', { params: { id: application.id }, body: input }),
    onSuccess: async () => {
      announce(`Automatic sync of ${application.name} is suspended`);
      onOpenChange(false);
      setReason('');
      await queries.invalidateQueries({ queryKey: applicationQuery(application.id).queryKey });
    },
  });
  const { error } = suspend;
  const problem = (path: string) =>
    error instanceof ApiError ? error.fields.find((field) => field.path === path)?.message : undefined;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Suspend automatic sync of ${application.name}`}
      width="narrow"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            look="primary"
            busy={suspend.isPending}
            disabled={reason.trim().length < 3 || expiresAt === null}
            onClick={() => expiresAt !== null && suspend.mutate({ reason: reason.trim(), expiresAt })}
          >
            Suspend automatic sync
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm">
        <p>
          {application.syncPolicy.automated
            ? 'It neither follows Git nor corrects drift by itself until then. Changes and drift are still shown, and anybody who may can still sync.'
            : 'Automatic sync is off, so nothing changes but the notice everybody sees; should somebody switch it on, it waits until then.'}
        </p>
        <AreaField
          label="Reason"
          rows={2}
          value={reason}
          onChange={setReason}
          error={problem('reason')}
          hint="Everybody who looks at the application sees it."
        />
        <ExpiryFields
          expiry={expiry}
          onExpiry={setExpiry}
          custom={custom}
          onCustom={setCustom}
          error={problem('expiresAt')}
          hint="Then automatic sync goes on."
        />
        {error !== null && <Failure title="Nothing was suspended" error={error} />}
      </div>
    </Dialog>
  );
}
