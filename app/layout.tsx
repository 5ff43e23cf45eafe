import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { readPreferences } from '#lib/client/preferences.ts';
import { Providers } from '#components/shell/providers.tsx';

export const metadata: Metadata = {
  title: { default: 'Quarterdeck', template: '%s · Quarterdeck' },
  description: 'The single pane of glass for GitOps over many Kubernetes clusters',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const preferences = readPreferences((name) => jar.get(name)?.value);
  return (
    <html lang="en" {...(preferences.theme === 'system' ? {} : { 'data-theme': preferences.theme })}>
      <body>
        <Providers preferences={preferences} nonce={incoming.get('x-nonce') ?? ''}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
