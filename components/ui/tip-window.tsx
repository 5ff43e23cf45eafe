'use client';

import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { Stand } from './stand.tsx';

interface WindowProps {
  anchor: HTMLElement;
  text: ReactNode;
  side: 'top' | 'bottom' | 'right';
  onClose: () => void;
  /** The pointer went over the words: they stay. */
  onStay: () => void;
  onLeave: () => void;
}

export function TipWindow({ anchor, text, side, onClose, onStay, onLeave }: WindowProps) {
  return (
    <Tooltip.Provider>
      <Tooltip.Root open onOpenChange={(open) => !open && onClose()}>
        <Tooltip.Trigger asChild>
          <Stand anchor={anchor} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onPointerEnter={onStay}
            onPointerLeave={onLeave}
            className="z-60 max-w-80 animate-appear rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs text-text shadow-pop"
          >
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
