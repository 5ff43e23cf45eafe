'use client';

import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import Link from 'next/link';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { Notice } from '#components/ui/states.tsx';
import { useNow } from '#components/ui/time.tsx';
import { applicationQuery } from './queries.ts';

/** How often a page asks from the moment on at which a window was to open or close, until the server says so. */
const ASK_EVERY_MS = 5_000;

/** Which sync window holds it and until when. Nobody tells when a window opens or closes: the page asks at that moment. */
export function WindowLine({
  application,
  window,
}: {
  application: ApplicationView;
  window: NonNullable<ApplicationView['syncWindow']>;
}) {
  const { projectName } = application;
  const { changesAt, words } = window;
  const isDue = useNow() >= (changesAt === null ? Infinity : Date.parse(changesAt));
  useQuery({ ...applicationQuery(application.id), refetchInterval: isDue ? ASK_EVERY_MS : false });
  if (words === '') return null;
  return (
    <Notice tone="grey">
      <p className="flex gap-2">
        <CalendarClock aria-hidden className="mt-0.5 size-4 shrink-0 text-mute" />
        <span>
          {words}{' '}
          <Link href="/settings/projects" className="whitespace-nowrap underline">
            Windows of {projectName}
          </Link>
        </span>
      </p>
    </Notice>
  );
}
