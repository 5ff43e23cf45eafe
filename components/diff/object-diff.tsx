'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ObjectChange } from '#lib/contracts/applications.ts';
import { ACTION_LOOK } from '#components/health/acts.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/class-names.ts';
import { LazyDiff } from './lazy-diff.tsx';
import { NeedsReplace } from './needs-replace.tsx';

interface ObjectDiffProps {
  change: ObjectChange;
  mode: 'unified' | 'split';
  badge?: ReactNode;
  footer?: ReactNode;
  open?: boolean;
}

/** One object with its difference, folded or open. */
export function ObjectDiff({ change, mode, badge, footer, open = true }: ObjectDiffProps) {
  const [shown, setShown] = useState(open);
  const look = ACTION_LOOK[change.action];
  return (
    <article
      aria-label={`${change.kind} ${change.name}`}
      className="mb-3 overflow-hidden rounded-[10px] border border-line bg-surface"
    >
      <header className="flex flex-wrap items-center gap-2 px-3.5 py-2 text-sm">
        <button
          type="button"
          aria-expanded={shown}
          aria-label={`${shown ? 'Fold' : 'Unfold'} ${change.kind} ${change.name}`}
          onClick={() => setShown(!shown)}
          className="-ml-1.5 grid size-6 place-items-center rounded text-mute hover:bg-hover"
        >
          <ChevronRight aria-hidden className={cn('size-4 transition-transform', shown && 'rotate-90')} />
        </button>
        {badge}
        {change.action !== 'change' && (
          <Badge tone={look.tone} icon={look.icon}>
            {look.word}
          </Badge>
        )}
        <b className="font-semibold">{change.kind}</b>
        <span className="break-all">{change.name}</span>
        <span className="text-xs text-mute">{change.apiVersion}</span>
        <span className="ml-auto text-xs text-mute">
          {change.before.label} → {change.after.label}
        </span>
      </header>
      <NeedsReplace fields={change.needsReplace} />
      {shown && (
        <div className="border-t border-line">
          <LazyDiff
            before={change.before.text}
            after={change.after.text}
            label={`${change.kind} ${change.name}, from ${change.before.label} to ${change.after.label}`}
            mode={mode}
          />
        </div>
      )}
      {footer !== undefined && <div className="border-t border-line px-3.5 py-2">{footer}</div>}
    </article>
  );
}
