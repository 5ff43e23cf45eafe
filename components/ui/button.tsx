'use client';

import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { Tip } from './tip.tsx';

const LOOK = {
  plain: 'border border-line-strong/70 bg-surface text-text hover:bg-hover',
  primary: 'border border-accent bg-accent text-on-accent hover:brightness-110',
  danger: 'border border-bad/50 bg-bad-soft text-bad hover:brightness-97 dark:hover:brightness-110',
  ghost: 'border border-transparent text-mute hover:bg-hover hover:text-text',
} as const;

const SIZE = {
  medium: 'h-[30px] px-[11px] text-[12.5px]',
  small: 'h-6 px-2 text-xs',
  large: 'h-9 px-[11px] text-[12.5px]',
  icon: 'size-[30px]',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOK;
  size?: keyof typeof SIZE;
  /** Why it cannot be used: shown on hover and focus, and read to screen readers. The button stays focusable. */
  reason?: string | null | undefined;
  busy?: boolean;
  keys?: string;
  asChild?: boolean;
}

export function Button({
  look = 'plain',
  size = 'medium',
  reason,
  busy = false,
  keys,
  asChild,
  className,
  children,
  ...rest
}: ButtonProps) {
  const off = reason !== undefined && reason !== null;
  const Root = asChild === true ? Slot.Root : 'button';
  const shared = cn(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-[7px] font-semibold whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
    LOOK[look],
    SIZE[size],
    className,
  );
  const body: ReactNode =
    asChild === true ? (
      children
    ) : (
      <>
        {busy && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
        {children}
        {keys !== undefined && <Kbd look={look === 'primary' ? 'clear' : 'plain'}>{keys}</Kbd>}
      </>
    );
  const element = (
    <Root
      {...(asChild === true ? {} : { type: 'button' as const })}
      {...rest}
      className={shared}
      disabled={rest.disabled === true || busy}
      {...(off ? { 'aria-disabled': true, onClick: (event) => event.preventDefault() } : {})}
    >
      {body}
    </Root>
  );
  return off ? <Tip text={reason}>{element}</Tip> : element;
}

/** A square button that shows only an icon; its label names it and appears on hover. */
export function IconButton({ label, children, ...rest }: Omit<ButtonProps, 'size'> & { label: string }) {
  return (
    <Tip text={rest.reason ?? label}>
      <Button
        look="ghost"
        {...rest}
        reason={undefined}
        aria-disabled={rest.reason ? true : undefined}
        size="icon"
        aria-label={label}
      >
        {children}
      </Button>
    </Tip>
  );
}

const KBD = { plain: 'border-line bg-raise text-mute', clear: 'border-current/40 text-current' } as const;

export function Kbd({
  children,
  look = 'plain',
  className,
}: {
  children: ReactNode;
  /** `clear` takes the colours of the button it stands on. */
  look?: keyof typeof KBD;
  className?: string;
}) {
  return (
    <kbd aria-hidden className={cn('rounded border px-1 text-2xs font-normal max-md:hidden', KBD[look], className)}>
      {children}
    </kbd>
  );
}
