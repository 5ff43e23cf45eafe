'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { SectionTabs } from '#components/ui/section-tabs.tsx';
import { SETTINGS_SECTIONS } from './sections.ts';

/** Heading and sub-sections around every page of the settings. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  return (
    <div className="pt-3">
      <h1 className="mb-1 text-xl font-semibold tracking-tight">Settings</h1>
      <SectionTabs
        label="Settings"
        tabs={SETTINGS_SECTIONS}
        current={SETTINGS_SECTIONS.find((each) => pathname.startsWith(each.href))?.href ?? ''}
      />
      {children}
    </div>
  );
}
