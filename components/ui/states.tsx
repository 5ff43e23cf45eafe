'use client';

import { CircleAlert, Lock, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { CopyButton } from './copy.tsx';

/** Grey bars where content will be. */
export function Loading({ rows = 4, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="space-y-2.5 py-2">
      {Array.from({ length: rows }, (_, index) => (
        <div
          key={index}
          className={cn('h-4 animate-pulse rounded bg-grey-soft', ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3'][index % 4])}
        />
      ))}
    </div>
  );
}

/** Nothing there, and what to do about it. */
export function Empty({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon?: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-1.5 px-4 py-12 text-center">
      {Icon !== undefined && <Icon aria-hidden className="mb-1 size-6 text-mute" strokeWidth={1.5} />}
      <h3 className="font-semibold">{title}</h3>
      {children !== undefined && <div className="max-w-120 text-sm text-mute">{children}</div>}
      {actions !== undefined && <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

interface FailureProps {
  /** What could not be done. */
  title?: string;
  error: Error & { status?: number; requestId?: string | null };
  onRetry?: (() => void) | undefined;
  onDismiss?: (() => void) | undefined;
  className?: string;
}

/** An error that stays: cause, request id, copy, try again. A refusal looks like a refusal. */
export function Failure({ title, error, onRetry, onDismiss, className }: FailureProps) {
  const forbidden = error.status === 403;
  const heading = title ?? (forbidden ? 'You may not see this' : 'This could not be loaded');
  const text = [heading, error.message, error.requestId ? `Request ${error.requestId}` : ''].filter(Boolean).join('\n');
  const Icon = forbidden ? Lock : CircleAlert;
  return (
    <div
      role="alert"
      className={cn(
        'flex gap-2.5 rounded-lg border px-3 py-2.5 text-sm',
        forbidden ? 'border-line bg-raise' : 'border-bad/40 bg-bad-soft',
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', forbidden ? 'text-grey' : 'text-bad')} />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">{heading}</p>
        <p className="break-words whitespace-pre-wrap">{error.message}</p>
        <div className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-mute">
          {error.requestId && <code className="text-2xs break-all">request {error.requestId}</code>}
          <CopyButton text={text} label="Copy error">
            Copy
          </CopyButton>
          {onRetry !== undefined && (
            <Button size="small" onClick={onRetry}>
              Try again
            </Button>
          )}
          {onDismiss !== undefined && (
            <Button size="small" look="ghost" onClick={onDismiss}>
              Dismiss
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** A line over data that is older than it should be. */
export function Notice({
  tone = 'amber',
  children,
}: {
  tone?: 'amber' | 'grey' | 'blue' | 'bad';
  children: ReactNode;
}) {
  const look = {
    amber: 'bg-amber-soft text-amber',
    grey: 'bg-grey-soft text-text',
    blue: 'bg-blue-soft text-blue',
    bad: 'bg-bad-soft text-bad',
  }[tone];
  return <div className={cn('rounded-lg px-3 py-2 text-sm', look)}>{children}</div>;
}
