import Link from 'next/link';
import { cn } from './class-names.ts';

export interface SectionTab {
  href: string;
  label: string;
  count?: number | undefined;
}

/** Tabs that are pages: each has its own address. */
export function SectionTabs({ label, tabs, current }: { label: string; tabs: readonly SectionTab[]; current: string }) {
  return (
    <nav aria-label={label} className="mb-4 flex gap-0.5 overflow-x-auto border-b border-line">
      {tabs.map((tab) => {
        const on = tab.href === current;
        return (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={on ? 'page' : undefined}
            className={cn(
              '-mb-px border-b-2 px-3 py-2 text-sm whitespace-nowrap -outline-offset-2',
              on ? 'border-accent font-semibold' : 'border-transparent text-mute hover:text-text',
            )}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <span className="ml-1.5 text-xs text-mute">{tab.count}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
