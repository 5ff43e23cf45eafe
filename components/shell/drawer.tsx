'use client';

import { Dialog as Radix } from 'radix-ui';
import { useOpener } from '#components/ui/use-opener.ts';
import { Logo } from './logo.tsx';
import { RailLinks } from './rail.tsx';

/** The sections on small screens. */
export function Drawer({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const giveBack = useOpener();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveBack}
          className="fixed inset-y-0 left-0 z-50 flex w-64 animate-appear flex-col border-r border-line bg-surface px-2 py-3 outline-none"
        >
          <Radix.Title className="mb-3 flex items-center gap-2 px-2 font-semibold">
            <Logo className="size-5 text-accent" />
            Quarterdeck
          </Radix.Title>
          <RailLinks narrow={false} onNavigate={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
