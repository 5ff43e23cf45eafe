import { createHmac, randomUUID } from 'node:crypto';

/** One ref that moved; 40 zeros in `before` (created) or `after` (deleted). */
export interface SandboxPush {
  repository: string;
  /** Clone URL. */
  url: string;
  ref: string;
  before: string;
  after: string;
}

export interface SandboxWebhook {
  url: string;
  secret: string;
  /** Hears of this repository alone; absent = of every one. */
  repository?: string;
}

/** Posts a GitHub-style push event to each listener; answers the status of each delivery (0 = unreachable). */
export function deliverPush(push: SandboxPush, hooks: readonly SandboxWebhook[]): Promise<number[]> {
  const body = JSON.stringify({
    ref: push.ref,
    before: push.before,
    after: push.after,
    created: /^0+$/.test(push.before),
    deleted: /^0+$/.test(push.after),
    repository: {
      name: push.repository,
      full_name: `sandbox/${push.repository}`,
      clone_url: push.url,
      html_url: push.url,
    },
    pusher: { name: 'sandbox' },
  });
  const listeners = hooks.filter((hook) => hook.repository === undefined || hook.repository === push.repository);
  return Promise.all(listeners.map((hook) => deliver(body, hook)));
}

async function deliver(body: string, hook: SandboxWebhook): Promise<number> {
  const signature = createHmac('sha256', hook.secret).update(body).digest('hex');
  try {
    const response = await fetch(hook.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'quarterdeck-sandbox',
        'x-github-event': 'push',
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${signature}`,
      },
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
