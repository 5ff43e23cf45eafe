'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { cn } from './class-names.ts';

interface CopyProps {
  text: string;
  /** What is copied: the button's name. */
  label: string;
  children?: ReactNode;
  className?: string;
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, children, className }: CopyProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1_500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={() => void copy()}
      className={cn(
        'inline-flex min-h-6 items-center gap-1 rounded px-1 text-mute hover:bg-hover hover:text-text',
        className,
      )}
    >
      {children}
      <Icon aria-hidden className={cn('size-3', state === 'copied' && 'text-ok')} />
      <span role="status" className="sr-only">
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'The browser refused to copy' : ''}
      </span>
    </button>
  );
}

/** A revision in short; click copies all of it. */
export function Sha({ sha }: { sha: string }) {
  const short = /^[0-9a-f]{12,}$/.test(sha) ? sha.slice(0, 7) : sha;
  return (
    <CopyButton text={sha} label={`Copy revision ${short}`} className="-mx-1">
      <code className="text-text">{short}</code>
    </CopyButton>
  );
}

/** Text to copy, such as a manifest or a command. */
export function CodeBlock({
  text,
  label,
  tall = false,
  className,
}: {
  text: string;
  label: string;
  /** As high as the text. */
  tall?: boolean;
  className?: string;
}) {
  return (
    <div className="relative rounded-lg border border-line bg-raise">
      <CopyButton text={text} label={`Copy ${label}`} className="absolute top-1 right-1.5 bg-raise text-xs">
        Copy
      </CopyButton>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre
        tabIndex={0}
        aria-label={label}
        className={cn('overflow-auto px-3 pt-8 pb-2.5 leading-relaxed', !tall && 'max-h-80', className)}
      >
        {text}
      </pre>
    </div>
  );
}
