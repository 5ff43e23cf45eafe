'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useCallback, useSyncExternalStore } from 'react';
import { ask } from '#lib/client/ask.ts';
import { SECTIONS, SETTINGS_SECTIONS, isCurrent } from './sections.ts';

/**
 * The name as soon as the page has it. Only listens: a question asked here would stand in the cache before the page
 * brings the answer with it, and the page would wait for nothing.
 */
function useApplicationName(id: string | undefined): string | undefined {
  const queries = useQueryClient();
  const follow = useCallback((listener: () => void) => queries.getQueryCache().subscribe(listener), [queries]);
  const read = () =>
    id === undefined ? undefined : queries.getQueryData(ask('getApplication', { params: { id } }).queryKey)?.name;
  return useSyncExternalStore(follow, read, () => undefined);
}

/** Where you are; each part but the last is a link. */
export function Breadcrumb() {
  const pathname = usePathname();
  const id = /^\/applications\/([0-9a-f-]{36})/.exec(pathname)?.[1];
  const name = useApplicationName(id);
  const section = SECTIONS.find((each) => isCurrent(each, pathname));
  const crumbs: { href: string; label: string }[] = [];
  if (section !== undefined) crumbs.push({ href: section.href, label: section.label });
  const settings = SETTINGS_SECTIONS.find((each) => pathname.startsWith(each.href));
  if (settings !== undefined) crumbs.push(settings);
  if (id !== undefined) crumbs.push({ href: `/applications/${id}`, label: name ?? '…' });
  if (pathname === '/applications/new') crumbs.push({ href: pathname, label: 'New' });
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 text-sm">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li key={crumb.href} className={last ? 'truncate font-semibold' : 'text-mute max-sm:hidden'}>
              {last ? (
                <span aria-current="page">{crumb.label}</span>
              ) : (
                <>
                  <Link href={crumb.href} className="hover:text-text">
                    {crumb.label}
                  </Link>
                  <span aria-hidden className="ml-1.5">
                    /
                  </span>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
