'use client';

import { type FormEvent, useState } from 'react';
import { api } from '#lib/client/api.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/field.tsx';
import { Failure } from '#components/ui/states.tsx';
import { useMounted } from '#components/ui/use-mounted.ts';

/** `next`: the page they wanted when they were sent here. */
export function SignInForm({ next }: { next: string }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  // Before the scripts run, a password must not be sent by the browser itself.
  const mounted = useMounted();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api('signIn', { body: { email, password } });
      window.location.assign(next);
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <form
      method="post"
      onSubmit={onSubmit}
      aria-label="Sign in"
      className="space-y-3 rounded-xl border border-line bg-surface p-5"
    >
      <h1 className="text-lg font-semibold tracking-tight">Sign in</h1>
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={setEmail}
      />
      <TextField
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={setPassword}
      />
      {error !== undefined && <Failure title="Not signed in" error={error} />}
      <Button type="submit" look="primary" busy={busy} disabled={!mounted} size="large" className="w-full">
        Sign in
      </Button>
      <p className="text-xs text-mute">
        No account? An admin invites you with a link. The first admin’s link is printed when Quarterdeck starts.
      </p>
    </form>
  );
}
