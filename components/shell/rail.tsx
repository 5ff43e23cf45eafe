'use client';

import { useQuery } from '@tanstack/react-query';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { ask } from '#lib/client/ask.ts';
import { countWords } from '#lib/client/format.ts';
import { IconButton, Kbd } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { Logo } from './logo.tsx';
import { usePreferences } from './preferences.tsx';
import { isCurrent, SECTIONS } from './sections.ts';

function useCounts(): Readonly<Record<string, number | undefined>> {
  const applications = useQuery(ask('listApplications', { query: { limit: 1 } }));
  const drift = useQuery(ask('listDrift', { query: { limit: 1, state: 'open' } }));
  return { '/applications': applications.data?.total, '/drift': drift.data?.total };
}

/** The sections of the console. `onNavigate` closes the drawer on small screens. */
export function RailLinks({ narrow, onNavigate }: { narrow: boolean; onNavigate?: () => void }) {
  const pathname = usePathname();
  const counts = useCounts();
  return (
    <nav aria-label="Sections" className="flex flex-1 flex-col gap-px">
      {SECTIONS.map((section) => {
        const on = isCurrent(section, pathname);
        const count = counts[section.href];
        return (
          <Link
            key={section.href}
            href={section.href}
            aria-label={section.label}
            aria-current={on ? 'page' : undefined}
            {...(narrow ? { title: section.label } : {})}
            onClick={() => onNavigate?.()}
            className={cn(
              'group flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm -outline-offset-2 hover:bg-hover hover:text-text',
              on ? 'bg-grey-soft font-semibold text-text' : 'text-mute',
              section.href === '/settings' && 'mt-auto',
            )}
          >
            <section.icon aria-hidden className="size-4 shrink-0" strokeWidth={on ? 2 : 1.75} />
            {!narrow && (
              <>
                {section.label}
                {count !== undefined && count > 0 && (
                  <span
                    className={cn(
                      'ml-auto text-2xs group-hover:hidden',
                      section.href === '/drift' ? 'font-semibold text-violet' : 'text-mute',
                    )}
                  >
                    {countWords(count)}
                  </span>
                )}
                <Kbd
                  className={cn(
                    'ml-auto opacity-0 group-hover:opacity-100',
                    count !== undefined && count > 0 && 'hidden group-hover:inline',
                  )}
                >
                  g {section.key}
                </Kbd>
              </>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

export function Rail() {
  const { preferences, prefer } = usePreferences();
  const narrow = preferences.rail === 'narrow';
  const Icon = narrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <div
      className={cn(
        'sticky top-0 flex h-dvh flex-col border-r border-line bg-surface px-2 py-3 max-md:hidden',
        narrow ? 'w-[52px]' : 'w-[208px]',
      )}
    >
      <div className={cn('mb-3 flex items-center', narrow ? 'flex-col gap-2' : 'pl-2')}>
        <Link
          href="/"
          aria-label="Quarterdeck, to the fleet"
          className="flex items-center gap-2 font-semibold tracking-tight"
        >
          <Logo className="size-5 text-accent" />
          {!narrow && 'Quarterdeck'}
        </Link>
        <IconButton
          label={narrow ? 'Widen the sections' : 'Narrow the sections'}
          onClick={() => prefer({ rail: narrow ? 'open' : 'narrow' })}
          className={narrow ? '' : 'ml-auto'}
        >
          <Icon aria-hidden className="size-4" strokeWidth={1.75} />
        </IconButton>
      </div>
      <RailLinks narrow={narrow} />
    </div>
  );
}
