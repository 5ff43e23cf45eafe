'use client';

import { SelectField, TextField } from './field.tsx';

const EXPIRIES = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '1 week' },
  { value: 'custom', label: 'At a time…' },
];
const HOUR = 3_600_000;

/** The chosen end in ISO 8601; null while it is no time. */
export function expiryOf({ choice, custom, now }: { choice: string; custom: string; now: number }): string | null {
  const at = choice === 'custom' ? Date.parse(custom) : now + Number(choice) * HOUR;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

interface ExpiryProps {
  expiry: string;
  onExpiry: (expiry: string) => void;
  custom: string;
  onCustom: (custom: string) => void;
  error: string | undefined;
  /** What happens then. */
  hint: string;
}

/** Until when something holds. */
export function ExpiryFields({ expiry, onExpiry, custom, onCustom, error, hint }: ExpiryProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label="Expires after"
        value={expiry}
        onChange={onExpiry}
        choices={EXPIRIES}
        hint={hint}
        error={error}
      />
      {expiry === 'custom' && (
        <TextField label="Expires at (your time)" type="datetime-local" value={custom} onChange={onCustom} />
      )}
    </div>
  );
}
