'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import type { Preferences } from '#lib/client/preferences.ts';
import { makeQueryClient } from '#lib/client/query-client.ts';
import { PreferenceProvider } from './preferences.tsx';
import { Toaster } from './toaster.tsx';

export function Providers({
  preferences,
  nonce,
  children,
}: {
  preferences: Preferences;
  nonce: string;
  children: ReactNode;
}) {
  const [queries] = useState(() => {
    // Dialogs that lock the page's scrolling add a style element; they take the policy's nonce from this name.
    if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: nonce });
    return makeQueryClient();
  });
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queries}>
        <PreferenceProvider initial={preferences}>
          {children}
          <Toaster />
        </PreferenceProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  );
}
