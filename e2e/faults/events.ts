/** What a screen got of the event stream so far. */
export interface Events {
  messages: unknown[];
  isOpen(): boolean;
  close(): void;
}

/** Follows the event stream as a screen does, and keeps every message. */
export async function followEvents(url: string, cookie: string): Promise<Events> {
  const abort = new AbortController();
  const response = await fetch(new URL('/api/v1/stream', url), { headers: { cookie }, signal: abort.signal });
  if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
  const messages: unknown[] = [];
  let open = true;
  const body = response.body;
  const read = async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true });
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) messages.push(JSON.parse(data));
      }
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      open = false;
    });
  return { messages, isOpen: () => open, close: () => abort.abort() };
}

/** Signs in over the API; answers the cookie. */
export async function cookieOf(url: string, person: { email: string; password: string }): Promise<string> {
  const response = await fetch(new URL('/api/v1/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(person),
  });
  if (!response.ok) throw new Error(`signing in answered ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .join('; ');
}
