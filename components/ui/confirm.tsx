'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { TextField } from './field.tsx';
import { Failure } from './states.tsx';

interface ConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  /** What the button does, in a verb. */
  action: string;
  onConfirm: () => Promise<void>;
  /** Must be typed before the button works. */
  typedName?: string;
}

/** Says what will happen, then does it; a refusal stays in view. */
export function Confirm({ open, onOpenChange, title, children, action, onConfirm, typedName }: ConfirmProps) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      setTyped('');
      onOpenChange(false);
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setBusy(false);
    }
  };
  const ready = typedName === undefined || typed === typedName;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      width="narrow"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="danger" busy={busy} disabled={!ready} onClick={() => void run()}>
            {action}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-sm">
        {children}
        {typedName !== undefined && (
          <TextField label={`Type ${typedName} to confirm`} value={typed} onChange={setTyped} />
        )}
        {error !== undefined && <Failure title="Nothing was changed" error={error} />}
      </div>
    </Dialog>
  );
}
