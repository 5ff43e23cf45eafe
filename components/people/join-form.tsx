'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import type { InvitationOffer } from '#lib/contracts/session.ts';
import { api, ApiError } from '#lib/client/api.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Empty, Failure } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';
import { useMounted } from '#components/ui/use-mounted.ts';

/** `offer` null: the link is used, withdrawn or past its end. */
export function JoinForm({ token, offer }: { token: string; offer: InvitationOffer | null }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState(offer?.email ?? '');
  const [password, setPassword] = useState('');
  // Before the scripts run, a password must not be sent by the browser itself.
  const mounted = useMounted();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  if (offer === null) {
    return (
      <div className="rounded-xl border border-line bg-surface">
        <Empty
          title="This link does not work any more"
          actions={
            <Button asChild>
              <Link href="/sign-in">To sign-in</Link>
            </Button>
          }
        >
          It was used, withdrawn, or is past its end. Ask an admin for a new one.
        </Empty>
      </div>
    );
  }
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api('join', { body: { token, name, email, password } });
      window.location.assign('/');
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  const problem = (path: string) =>
    error instanceof ApiError ? error.fields.find((field) => field.path === path)?.message : undefined;
  return (
    <form
      method="post"
      onSubmit={onSubmit}
      aria-label="Join Quarterdeck"
      className="space-y-3 rounded-xl border border-line bg-surface p-5"
    >
      <div>
        <h1 className="text-lg font-semibold tracking-tight">Join Quarterdeck</h1>
        <p className="text-sm text-mute">
          You join as {offer.role}. This link works once and ends <Time at={offer.expiresAt} />.
        </p>
      </div>
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        required
        value={name}
        onChange={setName}
        error={problem('name')}
      />
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        readOnly={offer.email !== null}
        value={email}
        onChange={setEmail}
        error={problem('email')}
      />
      <TextField
        label="Password"
        type="password"
        name="new-password"
        autoComplete="new-password"
        required
        minLength={12}
        hint="At least 12 characters"
        value={password}
        onChange={setPassword}
        error={problem('password')}
      />
      {error !== undefined && <Failure title="The account was not made" error={error} />}
      <Button type="submit" look="primary" busy={busy} disabled={!mounted} size="large" className="w-full">
        Join
      </Button>
    </form>
  );
}
