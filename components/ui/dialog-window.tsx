'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';
import { cn } from './class-names.ts';
import { useOpener } from './use-opener.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Stays in view below the scrolling body. */
  footer?: ReactNode;
  width?: 'narrow' | 'medium' | 'wide';
  /** A panel at the right edge instead of a window in the middle. */
  side?: boolean;
}

const WIDTH = { narrow: 'max-w-[460px]', medium: 'max-w-[640px]', wide: 'max-w-[980px]' } as const;

/** The window itself: there only while it is open. */
export function DialogWindow({
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'medium',
  side = false,
}: DialogProps) {
  const content = useRef<HTMLDivElement>(null);
  const giveBack = useOpener();
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          ref={content}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            const field = content.current?.querySelector<HTMLElement>(
              'textarea, select, input:not([type=radio], [type=checkbox], [type=file])',
            );
            (field ?? content.current)?.focus();
          }}
          onCloseAutoFocus={giveBack}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cn(
            'fixed z-50 flex flex-col border border-line bg-surface shadow-pop outline-none animate-appear',
            side
              ? 'inset-y-0 right-0 w-full max-w-[720px] border-y-0 border-r-0'
              : 'top-[max(16px,6vh)] left-1/2 max-h-[min(88vh,900px)] w-[calc(100vw-24px)] -translate-x-1/2 rounded-xl',
            !side && WIDTH[width],
          )}
        >
          <header className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-[15px] font-semibold tracking-tight">{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description asChild>
                  <div className="mt-0.5 text-sm text-mute">{description}</div>
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mr-1.5">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-auto overscroll-contain px-4 py-3.5">{children}</div>
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
