import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

interface PanelProps {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** Content touches the border, as tables do. */
  flush?: boolean;
}

/** A titled region on the page. */
export function Panel({ title, note, aside, children, className, flush = false }: PanelProps) {
  return (
    <section aria-label={title} className={cn('min-w-0 rounded-[10px] border border-line bg-surface', className)}>
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-3 pb-2">
        <h2 className="text-sm font-semibold">{title}</h2>
        {note !== undefined && <span className="text-xs text-mute">{note}</span>}
        {aside !== undefined && <div className="ml-auto flex items-center gap-2 text-xs text-mute">{aside}</div>}
      </header>
      <div className={flush ? '' : 'px-4 pb-4'}>{children}</div>
    </section>
  );
}
