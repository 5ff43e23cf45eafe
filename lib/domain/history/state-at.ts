import type { Difference } from '../diff/difference.ts';
import { diffDocuments } from '../diff/document.ts';
import { parsePath } from '../diff/paths.ts';
import type { JsonValue, Manifest } from '../resource/manifest.ts';

/**
 * What is known of one object at a moment: as it was deployed, deployed and then changed in the cluster, absent from the cluster,
 * present though Git did not have it, or not known for certain.
 */
export const STATE_ORIGINS = ['deployed', 'drifted', 'missing', 'extra', 'unsure'] as const;
export type StateOrigin = (typeof STATE_ORIGINS)[number];

/** One stored drift; times are milliseconds since 1970, values masked. */
export interface PastDrift {
  objectKey: string;
  path: string;
  kind: string;
  live: JsonValue | undefined;
  firstSeenAt: number;
  lastSeenAt: number;
  /** Null while open. */
  closedAt: number | null;
  /** How many values it had, from 1; only the last is kept. */
  count: number;
}

export interface StateAtInput {
  /** Milliseconds since 1970. */
  at: number;
  /** What the deployment before that moment rendered, masked, in its order. */
  deployed: readonly { key: string; body: Manifest }[];
  drifts: readonly PastDrift[];
  /** Keys that a later operation began to write without becoming a deployment before that moment. */
  disturbed: ReadonlySet<string>;
}

export interface PastObject {
  key: string;
  origin: StateOrigin;
  /** Plain words that say why it is not simply as deployed; '' where it is. */
  note: string;
  /** One YAML document; '' where the object was absent or its manifest was not kept. */
  text: string;
}

/**
 * Every object as it was at a moment: what was deployed with the drift that stood open then. What the records cannot tell is
 * called unsure instead of guessed. Objects that Git did not have come last, by key.
 */
export function stateAt({ at, deployed, drifts, disturbed }: StateAtInput): PastObject[] {
  const open = Map.groupBy(
    drifts.filter((drift) => drift.firstSeenAt <= at && (drift.closedAt === null || drift.closedAt > at)),
    (drift) => drift.objectKey,
  );
  const known = new Set(deployed.map(({ key }) => key));
  const others = [...new Set([...open.keys(), ...disturbed])].filter((key) => !known.has(key)).toSorted();
  return [
    ...deployed.map(({ key, body }) => pastObject({ key, body }, open.get(key) ?? [], { at, disturbed })),
    ...others.map((key) => otherObject(key, disturbed)),
  ];
}

function pastObject(
  { key, body }: { key: string; body: Manifest },
  drifts: readonly PastDrift[],
  { at, disturbed }: { at: number; disturbed: ReadonlySet<string> },
): PastObject {
  if (drifts.some(({ kind }) => kind === 'missing'))
    return { key, origin: 'missing', note: 'It was missing from the cluster.', text: '' };
  const fields = drifts.filter(({ path }) => (parsePath(path)?.length ?? 0) > 0);
  const text = diffDocuments({ desired: body, live: body, differences: fields.map(asDifference) }).live;
  if (disturbed.has(key)) {
    const note = 'An operation that did not deploy everything was writing it or had written it.';
    return { key, origin: 'unsure', note, text };
  }
  if (drifts.length === 0) return { key, origin: 'deployed', note: '', text };
  const unknown = drifts.filter((drift) => !fields.includes(drift) || (drift.count > 1 && at < drift.lastSeenAt));
  if (unknown.length === 0) return { key, origin: 'drifted', note: `Drift in ${pathsOf(drifts)}.`, text };
  const note = `Drift in ${pathsOf(drifts)}; ${pathsOf(unknown)} took further values later, and only the last is kept.`;
  return { key, origin: 'unsure', note, text };
}

function otherObject(key: string, disturbed: ReadonlySet<string>): PastObject {
  if (disturbed.has(key)) {
    const note = 'An operation was writing it or had written it, and the deployment before does not have it.';
    return { key, origin: 'unsure', note, text: '' };
  }
  return { key, origin: 'extra', note: 'It was in the cluster only; its manifest was not kept.', text: '' };
}

const asDifference = ({ path, live }: PastDrift): Difference => ({ path, desired: undefined, live });

const pathsOf = (drifts: readonly PastDrift[]): string =>
  drifts.map(({ path }) => (path === '' ? 'the whole object' : path)).join(', ');

/**
 * The objects as one multi-document YAML text. Each document says in a comment what is known of it; an object without a
 * manifest is a comment alone, so that nothing false can be applied. `head` are comment lines for the beginning.
 */
export function stateYaml(objects: readonly PastObject[], head: readonly string[]): string {
  const comment = (line: string) => `# ${line.replaceAll(/[\r\n]+/g, ' ')}\n`;
  const parts = objects.map(({ key, origin, note, text }) => {
    const words = comment(`${key}: ${origin}${note === '' ? '' : `. ${note}`}`);
    return text === '' ? words : `---\n${words}${text}`;
  });
  return [...head.map(comment), ...parts].join('');
}
