import type { ReactNode } from 'react';
import { Logo } from '#components/shell/logo.tsx';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[360px]">
        <p className="mb-6 flex items-center justify-center gap-2 text-lg font-semibold tracking-tight">
          <Logo className="size-6 text-accent" />
          Quarterdeck
        </p>
        {children}
      </div>
    </main>
  );
}
