'use client';

import { Menu as MenuIcon } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { SessionView } from '#lib/contracts/session.ts';
import { IconButton, Kbd } from '#components/ui/button.tsx';
import { part } from '#components/ui/lazy.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { LiveIndicator, LiveProvider } from './live.tsx';
import { Rail } from './rail.tsx';
import { SearchField } from './search-field.tsx';
import { SECTIONS } from './sections.ts';
import { SessionProvider } from './session.tsx';
import { announce } from './toasts.ts';
import { useEarlyKeys } from './use-early-keys.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { UserMenu } from './user-menu.tsx';

const Palette = part(async () => (await import('./palette.tsx')).Palette, { soon: true });
const HelpDialog = part(async () => (await import('./help-dialog.tsx')).HelpDialog, { soon: true });
const Drawer = part(async () => (await import('./drawer.tsx')).Drawer, { soon: true });

/** Rail, top bar and keys around every signed-in page. */
export function Shell({ session, children }: { session: SessionView; children: ReactNode }) {
  return (
    <SessionProvider session={session}>
      <LiveProvider>
        <a
          href="#content"
          className="sr-only z-50 rounded bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <div className="flex min-h-dvh">
          <Rail />
          <div className="flex min-w-0 flex-1 flex-col">
            <Suspense>
              <TopBar />
            </Suspense>
            <main
              id="content"
              tabIndex={-1}
              className="mx-auto w-full max-w-[1600px] flex-1 px-3.5 pb-12 outline-none md:px-6"
            >
              {children}
            </main>
          </div>
        </div>
      </LiveProvider>
    </SessionProvider>
  );
}

function TopBar() {
  const router = useRouter();
  const pathname = usePathname();
  const field = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<'palette' | 'help' | 'drawer' | null>(null);
  const show = (what: typeof shown) => (open: boolean) => setShown(open ? what : null);
  const early = useEarlyKeys(shown === 'palette');
  const copyLink = () => {
    void navigator.clipboard.writeText(window.location.href).then(() => announce('Link copied'));
  };
  useShortcuts({
    '?': () => setShown('help'),
    '/': () => {
      field.current?.focus();
      // What is typed next narrows what stands there.
      field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    },
    c: copyLink,
    ...Object.fromEntries(SECTIONS.map((section) => [`g ${section.key}`, () => router.push(section.href)])),
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setShown((before) => (before === 'palette' ? null : 'palette'));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const [shownOn, setShownOn] = useState(pathname);
  if (shownOn !== pathname) {
    setShownOn(pathname);
    setShown(null);
  }
  return (
    <header className="sticky top-0 z-20 bg-page/95 backdrop-blur-sm">
      <div className="mx-auto flex h-[52px] w-full max-w-[1600px] items-center gap-3 px-3.5 md:px-6">
        <IconButton label="Open the sections" className="-ml-2 md:hidden" onClick={() => setShown('drawer')}>
          <MenuIcon aria-hidden className="size-4" />
        </IconButton>
        <Breadcrumb />
        <SearchField field={field} />
        <LiveIndicator />
        <button
          type="button"
          aria-label="Open the command palette"
          onClick={() => setShown('palette')}
          className="grid h-6 place-items-center rounded px-1 max-md:hidden"
        >
          <Kbd>Ctrl K</Kbd>
        </button>
        <UserMenu onHelp={() => setShown('help')} />
      </div>
      {shown === 'palette' && <Palette open onOpenChange={show('palette')} early={early} />}
      {shown === 'help' && <HelpDialog open onOpenChange={show('help')} />}
      {shown === 'drawer' && <Drawer open onOpenChange={show('drawer')} />}
    </header>
  );
}
