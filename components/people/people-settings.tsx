'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { InvitationLink, Person } from '#lib/contracts/session.ts';
import { type Answer, api } from '#lib/client/api.ts';
import { ask } from '#lib/client/ask.ts';
import { isRole, ROLES } from '#lib/domain/policy/roles.ts';
import { useSession, useWhyNot } from '#components/shell/session.tsx';
import { announce, announceFailure } from '#components/shell/toasts.ts';
import { useForm } from '#components/shell/use-form.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { SelectField, SelectFilter, TextField } from '#components/ui/field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Failure, Loading, Notice } from '#components/ui/states.tsx';
import { Table, Td, Th, Tr } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

const ROLE_CHOICES = ROLES.map((role) => ({ value: role, label: role }));

export function PeopleSettings() {
  const query = useQuery(ask('listPeople'));
  const whyNot = useWhyNot();
  const [inviting, setInviting] = useState(false);
  if (query.data === undefined) {
    return query.error === null ? (
      <Loading rows={4} label="Loading people" />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  return (
    <div className="space-y-4">
      <Panel
        flush
        title="People"
        note="viewers see, operators act, admins also configure"
        aside={
          <Button look="primary" reason={whyNot('people:write')} onClick={() => setInviting(true)}>
            <Plus aria-hidden className="size-3.5" />
            Invite person
          </Button>
        }
      >
        <Table stacked caption="People">
          <thead>
            <Tr>
              <Th>Name</Th>
              <Th>Role</Th>
              <Th>State</Th>
              <Th className="max-md:hidden">Last seen</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </Tr>
          </thead>
          <tbody>
            {query.data.people.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </tbody>
        </Table>
      </Panel>
      {query.data.invitations.length > 0 && <Invitations invitations={query.data.invitations} />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}

function PersonRow({ person }: { person: Person }) {
  const queries = useQueryClient();
  const { user } = useSession();
  const whyNot = useWhyNot();
  const refusal = whyNot('people:write');
  const update = useMutation({
    mutationFn: (body: { role?: (typeof ROLES)[number]; disabled?: boolean }) =>
      api('updatePerson', { params: { id: person.id }, body }),
    onSuccess: () => {
      announce(`${person.name} was changed`);
      return queries.invalidateQueries({ queryKey: ['listPeople'] });
    },
    onError: (error) => announceFailure(`${person.name} was not changed`, error),
  });
  const disabled = person.disabledAt !== null;
  return (
    <Tr className="hover:bg-hover">
      <Td data-lead>
        <p className="font-semibold">
          {person.name} {person.id === user.id && <span className="font-normal text-mute">(you)</span>}
        </p>
        <p className="text-xs text-mute">{person.email}</p>
      </Td>
      <Td>
        {refusal === null ? (
          <SelectFilter
            label={`Role of ${person.name}`}
            value={person.role}
            choices={ROLE_CHOICES}
            onChange={(role) => isRole(role) && update.mutate({ role })}
          />
        ) : (
          person.role
        )}
      </Td>
      <Td>{disabled ? <Badge tone="amber">Shut out</Badge> : <Badge tone="ok">Active</Badge>}</Td>
      <Td className="text-mute max-md:hidden">
        {person.lastSeenAt === null ? 'never' : <Time at={person.lastSeenAt} />}
      </Td>
      <Td className="text-right">
        <Button
          size="small"
          busy={update.isPending}
          reason={refusal ?? (person.id === user.id ? 'You cannot shut yourself out' : null)}
          aria-label={`${disabled ? 'Let in' : 'Shut out'} ${person.name}`}
          onClick={() => update.mutate({ disabled: !disabled })}
        >
          {disabled ? 'Let in' : 'Shut out'}
        </Button>
      </Td>
    </Tr>
  );
}

function Invitations({ invitations }: { invitations: Answer<'listPeople'>['invitations'] }) {
  const queries = useQueryClient();
  const whyNot = useWhyNot();
  const withdraw = useMutation({
    mutationFn: (id: string) => api('withdrawInvitation', { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['listPeople'] }),
    onError: (error) => announceFailure('The invitation was not withdrawn', error),
  });
  return (
    <Panel flush title="Open invitations">
      <Table stacked caption="Open invitations">
        <thead>
          <Tr>
            <Th>For</Th>
            <Th>Role</Th>
            <Th>Ends</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </Tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <Tr key={invitation.id}>
              <Td data-lead>{invitation.email ?? 'whoever has the link'}</Td>
              <Td>{invitation.role}</Td>
              <Td>
                <Time at={invitation.expiresAt} />
              </Td>
              <Td className="text-right">
                <Button
                  size="small"
                  reason={whyNot('people:write')}
                  aria-label={`Withdraw the invitation for ${invitation.email ?? invitation.role}`}
                  onClick={() => withdraw.mutate(invitation.id)}
                >
                  Withdraw
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const form = useForm();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('viewer');
  const [link, setLink] = useState<InvitationLink>();
  const invite = () => form.run(async () => setLink(await api('invitePerson', { body: { email, role } })));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="narrow"
      title="Invite person"
      footer={
        link === undefined ? (
          <Button look="primary" busy={form.busy} disabled={email === ''} onClick={() => void invite()}>
            Make link
          </Button>
        ) : (
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        )
      }
    >
      {link === undefined ? (
        <div className="space-y-3">
          <TextField
            label="E-mail"
            type="email"
            required
            value={email}
            onChange={setEmail}
            error={form.problem('email')}
          />
          <SelectField
            label="Role"
            value={role}
            onChange={(value) => isRole(value) && setRole(value)}
            choices={ROLE_CHOICES}
          />
          {form.error !== undefined && <Failure title="No link was made" error={form.error} />}
        </div>
      ) : (
        <div className="space-y-3">
          <Notice>This link is shown once. Send it to {email}; it works once.</Notice>
          <CodeBlock label="invitation link" text={link.url} className="break-all whitespace-pre-wrap" />
          <p className="text-sm text-mute">
            Ends <Time at={link.expiresAt} />.
          </p>
        </div>
      )}
    </Dialog>
  );
}
