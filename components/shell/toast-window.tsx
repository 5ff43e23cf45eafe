'use client';

import { CircleAlert, CircleCheck, X } from 'lucide-react';
import Link from 'next/link';
import { Toast } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { CopyButton } from '#components/ui/copy.tsx';
import { dismissToast, followToasts, shownToasts, type ToastMessage } from './toasts.ts';

const SHOWN_MS = 6_000;

/** Messages in the corner; F8 moves the focus there. */
export function ToastWindow() {
  const messages = useSyncExternalStore(followToasts, shownToasts, shownToasts);
  return (
    <Toast.Provider swipeDirection="right" label="Message">
      {messages.map((message) => (
        <ToastCard key={message.id} message={message} />
      ))}
      <Toast.Viewport className="fixed right-4 bottom-4 z-60 flex w-[380px] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none" />
    </Toast.Provider>
  );
}

function ToastCard({ message }: { message: ToastMessage }) {
  const bad = message.tone === 'bad';
  const Icon = bad ? CircleAlert : CircleCheck;
  return (
    <Toast.Root
      type={bad ? 'foreground' : 'background'}
      duration={bad ? Number.POSITIVE_INFINITY : SHOWN_MS}
      onOpenChange={(open) => {
        if (!open) dismissToast(message.id);
      }}
      className="flex animate-appear gap-2.5 rounded-lg border border-line bg-surface p-3 text-sm shadow-pop"
    >
      <Icon aria-hidden className={bad ? 'mt-0.5 size-4 shrink-0 text-bad' : 'mt-0.5 size-4 shrink-0 text-ok'} />
      <div className="min-w-0 flex-1">
        <Toast.Title className="font-semibold">{message.title}</Toast.Title>
        {message.description !== '' && (
          <Toast.Description className="break-words whitespace-pre-line text-mute">
            {message.description}
          </Toast.Description>
        )}
        {message.link !== null && (
          <Toast.Action asChild altText={message.link.label}>
            <Link href={message.link.href} className="font-semibold text-accent hover:underline">
              {message.link.label}
            </Link>
          </Toast.Action>
        )}
        {message.copy !== null && (
          <CopyButton text={message.copy} label="Copy error" className="text-xs">
            Copy
          </CopyButton>
        )}
      </div>
      <Toast.Close
        aria-label="Dismiss message"
        className="grid size-6 shrink-0 place-items-center rounded text-mute hover:bg-hover hover:text-text"
      >
        <X aria-hidden className="size-3.5" />
      </Toast.Close>
    </Toast.Root>
  );
}
