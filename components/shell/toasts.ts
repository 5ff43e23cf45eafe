import { ApiError } from '#lib/client/api.ts';

export interface ToastMessage {
  id: number;
  tone: 'ok' | 'bad';
  title: string;
  description: string;
  link: { label: string; href: string } | null;
  /** Copied by its button; errors only. */
  copy: string | null;
}

type Listener = (messages: readonly ToastMessage[]) => void;

let messages: readonly ToastMessage[] = [];
let nextId = 1;
const listeners = new Set<Listener>();

function set(next: readonly ToastMessage[]): void {
  messages = next;
  for (const listener of listeners) listener(messages);
}

/** Follows what is to be shown; answers how to stop. */
export function followToasts(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function shownToasts(): readonly ToastMessage[] {
  return messages;
}

export function dismissToast(id: number): void {
  set(messages.filter((message) => message.id !== id));
}

/** Says what happened, with a link to its record. Goes by itself. */
export function announce(
  title: string,
  detail: { description?: string; link?: { label: string; href: string } } = {},
): void {
  const message = {
    id: nextId++,
    tone: 'ok',
    title,
    description: detail.description ?? '',
    link: detail.link ?? null,
    copy: null,
  } as const;
  set([...messages.slice(-3), message]);
}

/** An error stays until it is dismissed: cause, request id and a button that copies both. */
export function announceFailure(title: string, error: unknown): void {
  const cause = error instanceof Error ? error.message : String(error);
  const request = error instanceof ApiError && error.requestId !== null ? `Request ${error.requestId}` : '';
  const copy = [title, cause, request].filter(Boolean).join('\n');
  set([
    ...messages,
    { id: nextId++, tone: 'bad', title, description: [cause, request].filter(Boolean).join('\n'), link: null, copy },
  ]);
}
