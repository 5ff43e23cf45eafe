import type { InquiryAnswer, InquirySubject } from '#lib/contracts/inquiries.ts';
import { listObjectRows } from '#lib/database/states.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { secretTexts } from '#lib/domain/diff/mask.ts';
import { diagnose } from '#lib/domain/health/causes/diagnose.ts';
import { numberAt, textAt } from '#lib/domain/resource/json.ts';
import { type Manifest, type ObjectKey, parseObjectKey } from '#lib/domain/resource/manifest.ts';
import { ClusterError } from '#lib/ports/cluster.ts';
import type { LiveCluster } from '#lib/ports/live.ts';
import type { WorkerContext } from '../context.ts';
import { mapLimit } from '../shared/map-limit.ts';

const MOST_EVENTS = 500;
const MOST_PAGES = 20;
/** Of one application; more are not read for the sake of its events. */
const MOST_SECRETS = 500;

/** Kubernetes' own events about the objects of an application and what they own, newest first. */
export async function readEvents(
  ctx: WorkerContext,
  { applicationId, clusterId }: InquirySubject<'events'>,
  signal?: AbortSignal,
): Promise<InquiryAnswer<'events'>> {
  const cluster = await ctx.ports.live.cluster(clusterId);
  const kind = await cluster.kind('', 'Event');
  const askedAt = ctx.clock.now().toISOString();
  if (!kind) return { events: [], askedAt };
  const rows = await listObjectRows(ctx.database.prisma, applicationId);
  const byUid = new Map(rows.flatMap((row) => (row.uid === null ? [] : [[row.uid, row.key] as const])));
  const namespaces = new Set(rows.map((row) => parseObjectKey(row.key)?.namespace || 'default'));
  const lists = await mapLimit([...namespaces], 4, async (namespace) => {
    const found: Manifest[] = [];
    let continueToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { namespace, limit: MOST_EVENTS, ...(continueToken ? { continueToken } : {}) };
      const answer = await cluster.client.list(kind, query, signal ? { signal } : {});
      for (const event of answer.items) if (byUid.has(textAt(event, 'involvedObject', 'uid'))) found.push(event);
      continueToken = answer.continueToken;
      if (!continueToken) break;
    }
    return found;
  });
  const found = lists.flat();
  const keys = rows.flatMap((row) => parseObjectKey(row.key) ?? []);
  const secrets = found.length === 0 ? [] : await secretsAmong(cluster, keys, signal);
  const events = found
    .map((event) => viewOf(event, { objectKey: byUid.get(textAt(event, 'involvedObject', 'uid')) ?? '', secrets }))
    .sort((a, b) => ((a.lastAt ?? '') < (b.lastAt ?? '') ? 1 : -1))
    .slice(0, MOST_EVENTS);
  return { events, askedAt };
}

/** What a message about these objects may not repeat; a cluster that hides its Secrets from us has told us none. */
async function secretsAmong(cluster: LiveCluster, keys: ObjectKey[], signal?: AbortSignal): Promise<string[]> {
  const wanted = keys.filter(({ group, kind }) => group === '' && kind === 'Secret').slice(0, MOST_SECRETS);
  const live = await cluster.read(wanted, signal ? { signal } : {}).catch((error: unknown) => {
    if (error instanceof ClusterError && error.reason === 'forbidden') return new Map<string, Manifest>();
    throw error;
  });
  return [...live.values()].flatMap(secretTexts);
}

function viewOf(
  event: Manifest,
  { objectKey, secrets }: { objectKey: string; secrets: readonly string[] },
): InquiryAnswer<'events'>['events'][number] {
  const once = textAt(event, 'eventTime') || null;
  const [type, reason] = [textAt(event, 'type'), textAt(event, 'reason')];
  const message = maskKnown(textAt(event, 'message'), secrets);
  return {
    objectKey,
    type,
    reason,
    message,
    diagnosis: type === 'Warning' ? (diagnose(message) ?? diagnose(`${reason} ${message}`)) : null,
    count: numberAt(event, ['count']) || numberAt(event, ['series', 'count'], 1),
    source: textAt(event, 'source', 'component') || textAt(event, 'reportingComponent'),
    firstAt: isoOf(textAt(event, 'firstTimestamp') || once),
    lastAt: isoOf(textAt(event, 'lastTimestamp') || textAt(event, 'series', 'lastObservedTime') || once),
  };
}

/** Events carry microseconds; views carry milliseconds. */
function isoOf(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
