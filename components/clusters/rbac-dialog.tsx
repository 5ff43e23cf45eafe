'use client';

import { useQuery } from '@tanstack/react-query';
import { ask } from '#lib/client/ask.ts';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { RadioCards } from '#components/ui/field.tsx';
import { Failure, Loading } from '#components/ui/states.tsx';

type Access = 'read-only' | 'full';

export function RbacDialog({
  access,
  onAccess,
  onClose,
}: {
  access: Access;
  onAccess: (access: Access) => void;
  onClose: () => void;
}) {
  const query = useQuery(ask('getClusterRbac', { query: { access } }));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="RBAC manifest"
      description="The least a cluster must grant Quarterdeck. An administrator of the cluster applies it."
    >
      <div className="space-y-3">
        <RadioCards
          legend="Access"
          name="access"
          value={access}
          onChange={(value) => onAccess(value === 'full' ? 'full' : 'read-only')}
          choices={[
            { value: 'read-only', label: 'Read-only', hint: 'Sees and compares' },
            { value: 'full', label: 'Full', hint: 'Also syncs and rolls back' },
          ]}
        />
        {query.data !== undefined ? (
          <CodeBlock label="RBAC manifest" text={query.data.manifest} />
        ) : query.error === null ? (
          <Loading rows={8} />
        ) : (
          <Failure error={query.error} />
        )}
      </div>
    </Dialog>
  );
}
