'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import type { SuspensionView } from '#lib/contracts/suspensions.ts';
import { api } from '#lib/client/api.ts';
import { useWhyNot } from '#components/shell/session.tsx';
import { announce, announceFailure } from '#components/shell/toasts.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';
import { applicationQuery } from './queries.ts';

/** Who suspended it, why and until when, with the way out. */
export function SuspensionNotice({
  application,
  suspension,
}: {
  application: ApplicationView;
  suspension: SuspensionView;
}) {
  const queries = useQueryClient();
  const whyNot = useWhyNot();
  const resume = useMutation({
    mutationFn: () => api('resumeApplication', { params: { id: application.id } }),
    onSuccess: async () => {
      announce(`Automatic sync of ${application.name} goes on`);
      await queries.invalidateQueries({ queryKey: applicationQuery(application.id).queryKey });
    },
    onError: (error) => announceFailure('It was not resumed', error),
  });
  return (
    <Notice>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-60">
          <b>Automatic sync suspended by {suspension.ownerName}</b>: “{suspension.reason}”. It goes on{' '}
          <Time at={suspension.expiresAt} />.
        </p>
        <Button
          size="small"
          busy={resume.isPending}
          reason={whyNot('applications:suspend')}
          onClick={() => resume.mutate()}
        >
          Resume
        </Button>
      </div>
    </Notice>
  );
}
