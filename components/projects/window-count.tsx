'use client';

import { part } from '#components/ui/lazy.tsx';
import { plural } from '#lib/client/format.ts';
import type { SyncWindow } from '#lib/domain/sync/windows.ts';

/** What reads schedules comes after the page. */
const WindowsInForce = part(async () => (await import('./window-state.tsx')).WindowsInForce);

/** How many windows a project has, and how many are in force now. */
export function WindowCount({ windows }: { windows: readonly SyncWindow[] }) {
  if (windows.length === 0) return <span className="text-mute">none</span>;
  return (
    <span>
      {plural(windows.length, 'window')}
      <WindowsInForce windows={windows} />
    </span>
  );
}
