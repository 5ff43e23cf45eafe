import { canonicalJson } from '../resource/canonical.ts';
import type { JsonValue, ObjectKey } from '../resource/manifest.ts';
import type { Difference } from '../diff/difference.ts';
import type { DriftKind } from './classify.ts';
import type { CulpritClass } from './culprit.ts';

/** One drifted field as it is now. `objectKey` is the formatted key; values are masked. */
export interface ObservedDrift {
  objectKey: string;
  path: string;
  kind: Exclude<DriftKind, 'none'>;
  desired: JsonValue | undefined;
  live: JsonValue | undefined;
  fingerprint: string;
  /** Null when managedFields say nothing. */
  culprit: DriftCulprit | null;
}

export interface DriftCulprit {
  manager: string;
  class: CulpritClass;
  operation: 'Apply' | 'Update';
  /** ISO 8601, from managedFields. */
  time: string | undefined;
  certain: boolean;
}

/** An open record as stored. */
export interface OpenDrift extends ObservedDrift {
  id: string;
  /** How often the live value changed while open, from 1. */
  count: number;
  /** How often it was put right and drifted again soon after. */
  heals: number;
}

export interface DriftUpdate {
  id: string;
  drift: ObservedDrift;
  count: number;
  /** Set when a closed record is opened again: the field relapsed. */
  heals?: number;
}

export interface DriftChanges {
  open: (ObservedDrift & { firstSeen: string })[];
  update: (DriftUpdate & { lastSeen: string })[];
  close: { id: string; closed: string }[];
}

export interface ReconcileDriftInput {
  openRecords: readonly OpenDrift[];
  /** Closed a short while ago, newest first: a field that drifts again goes on with its record. None, when left out. */
  recent?: readonly OpenDrift[];
  observed: readonly ObservedDrift[];
  /** What opens no record and closes none either: our own operation is at it, and what comes of it is not seen yet. */
  held?: readonly ObservedDrift[];
  /** ISO 8601. */
  now: string;
  /** Formatted keys of the objects that were looked at; records of others stay as they are. All, when left out. */
  scope?: ReadonlySet<string>;
}

/**
 * What to write so that the open records equal what is observed: one open record per object and field path.
 * A pass that sees what the last one saw answers three empty lists. A record keeps a certain culprit over a later uncertain or missing one.
 */
export function reconcileDrift({
  openRecords,
  recent = [],
  observed,
  held = [],
  now,
  scope,
}: ReconcileDriftInput): DriftChanges {
  const changes: DriftChanges = { open: [], update: [], close: [] };
  const current = new Map(observed.map((drift) => [identity(drift), drift]));
  const waiting = new Set(held.map(identity));
  const matched = new Set<string>();
  for (const record of openRecords) {
    const key = identity(record);
    const drift = matched.has(key) ? undefined : current.get(key);
    if (drift === undefined) {
      if (waiting.has(key)) continue;
      if (scope === undefined || scope.has(record.objectKey)) changes.close.push({ id: record.id, closed: now });
      continue;
    }
    matched.add(key);
    const update = updateOf(record, drift);
    if (update !== null) changes.update.push({ ...update, lastSeen: now });
  }
  for (const [key, drift] of current) {
    if (matched.has(key)) continue;
    const before = recent.find((record) => identity(record) === key);
    if (before === undefined) changes.open.push({ ...drift, firstSeen: now });
    else
      changes.update.push({
        id: before.id,
        drift: { ...drift, culprit: betterCulprit(before.culprit, drift.culprit) },
        count: before.count + 1,
        heals: before.heals + 1,
        lastSeen: now,
      });
  }
  return changes;
}

/**
 * The text that identical drifts share, on whatever cluster and object name: group, kind, field path, both values.
 * The hash may be any; 16 characters of it are plenty to group by.
 */
export function driftFingerprint(
  key: Pick<ObjectKey, 'group' | 'kind'>,
  difference: Difference,
  hash: (text: string) => string,
): string {
  return hash(
    canonicalJson([key.group, key.kind, difference.path, difference.desired ?? null, difference.live ?? null]),
  );
}

function updateOf(record: OpenDrift, drift: ObservedDrift): DriftUpdate | null {
  const moved = canonicalJson([record.live ?? null]) !== canonicalJson([drift.live ?? null]);
  const next: ObservedDrift = {
    ...drift,
    culprit: moved ? drift.culprit : betterCulprit(record.culprit, drift.culprit),
  };
  if (canonicalJson(facts(record)) === canonicalJson(facts(next))) return null;
  return { id: record.id, drift: next, count: record.count + (moved ? 1 : 0) };
}

function betterCulprit(before: DriftCulprit | null, now: DriftCulprit | null): DriftCulprit | null {
  if (now === null) return before;
  return before?.certain === true && !now.certain ? before : now;
}

function facts(drift: ObservedDrift): unknown {
  return [drift.kind, drift.desired ?? null, drift.live ?? null, drift.fingerprint, drift.culprit];
}

function identity(drift: { objectKey: string; path: string }): string {
  return `${drift.objectKey}\n${drift.path}`;
}
