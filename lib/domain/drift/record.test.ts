import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftFingerprint, type DriftCulprit, type ObservedDrift, type OpenDrift, reconcileDrift } from './record.ts';

const NOW = '2026-11-24T04:00:00Z';
const kubectl: DriftCulprit = {
  manager: 'kubectl',
  class: 'person',
  operation: 'Update',
  time: '2026-11-24T03:59:00Z',
  certain: true,
};
const drift = (change: Partial<ObservedDrift> = {}): ObservedDrift => ({
  objectKey: 'apps/Deployment/shop/web',
  path: 'spec.replicas',
  kind: 'changed',
  desired: 2,
  live: 3,
  fingerprint: 'f',
  culprit: kubectl,
  ...change,
});
const open = (change: Partial<OpenDrift> = {}): OpenDrift => ({ ...drift(), id: 'd1', count: 1, heals: 0, ...change });

describe('reconcileDrift', () => {
  it('opens what is new', () => {
    expect(reconcileDrift({ openRecords: [], observed: [drift()], now: NOW })).toEqual({
      open: [{ ...drift(), firstSeen: NOW }],
      update: [],
      close: [],
    });
  });
  it('closes what is gone', () => {
    expect(reconcileDrift({ openRecords: [open()], observed: [], now: NOW })).toEqual({
      open: [],
      update: [],
      close: [{ id: 'd1', closed: NOW }],
    });
  });
  it('leaves objects it did not look at', () => {
    const scope = new Set(['apps/Deployment/shop/other']);
    expect(reconcileDrift({ openRecords: [open()], observed: [], now: NOW, scope }).close).toEqual([]);
    expect(
      reconcileDrift({ openRecords: [open()], observed: [], now: NOW, scope: new Set([open().objectKey]) }).close,
    ).toHaveLength(1);
  });
  it('neither opens nor closes what our own operation is at', () => {
    const held = [drift({ live: undefined }), drift({ path: 'spec.paused' })];
    expect(reconcileDrift({ openRecords: [open()], observed: [], held, now: NOW })).toEqual({
      open: [],
      update: [],
      close: [],
    });
  });
  it('writes nothing when nothing changed', () => {
    expect(reconcileDrift({ openRecords: [open()], observed: [drift()], now: NOW })).toEqual({
      open: [],
      update: [],
      close: [],
    });
  });
  it('counts a live value that moved again, with its new culprit', () => {
    const moved = drift({ live: 7, culprit: { ...kubectl, manager: 'k9s' } });
    expect(reconcileDrift({ openRecords: [open()], observed: [moved], now: NOW }).update).toEqual([
      { id: 'd1', drift: moved, count: 2, lastSeen: NOW },
    ]);
  });
  it.each<[string, DriftCulprit | null, DriftCulprit | null, number]>([
    ['a culprit found later is kept', null, kubectl, 1],
    ['a missing one changes nothing', kubectl, null, 0],
    ['an uncertain one does not replace a certain one', kubectl, { ...kubectl, manager: 'x', certain: false }, 0],
    ['a certain one replaces an uncertain one', { ...kubectl, certain: false }, { ...kubectl, manager: 'x' }, 1],
  ])('%s', (_name, before, now, updates) => {
    const { update } = reconcileDrift({
      openRecords: [open({ culprit: before })],
      observed: [drift({ culprit: now })],
      now: NOW,
    });
    expect(update).toHaveLength(updates);
    for (const one of update) expect(one.drift.culprit).toEqual(now);
  });
  it('a change of the wish alone is no new count', () => {
    expect(
      reconcileDrift({ openRecords: [open()], observed: [drift({ desired: 5 })], now: NOW }).update[0]?.count,
    ).toBe(1);
  });
  it('goes on with the record of a field that was put right and drifted again', () => {
    const before = open({ id: 'old', count: 2, heals: 1 });
    const recent = [before, open({ id: 'older' }), open({ id: 'other', path: 'spec.paused' })];
    expect(reconcileDrift({ openRecords: [], recent, observed: [drift({ live: 9 })], now: NOW })).toEqual({
      open: [],
      update: [{ id: 'old', drift: drift({ live: 9 }), count: 3, heals: 2, lastSeen: NOW }],
      close: [],
    });
    expect(reconcileDrift({ openRecords: [open()], recent, observed: [drift()], now: NOW }).update).toEqual([]);
  });
  it('closes a second record of the same field', () => {
    expect(reconcileDrift({ openRecords: [open(), open({ id: 'd2' })], observed: [drift()], now: NOW }).close).toEqual([
      { id: 'd2', closed: NOW },
    ]);
  });

  it('settles in one pass: applied, it has nothing left to write', () => {
    const value = fc.nat({ max: 3 });
    const one = fc
      .record({ path: fc.constantFrom('a', 'b', 'c'), live: value, desired: value })
      .map((change) => drift({ ...change, culprit: null }));
    const unique = fc.uniqueArray(one, { selector: ({ path }) => path });
    fc.assert(
      fc.property(unique, unique, (before, observed) => {
        const openRecords = before.map((record, index) => ({ ...record, id: `r${index}`, count: 1, heals: 0 }));
        const changes = reconcileDrift({ openRecords, observed, now: NOW });
        const closed = new Set(changes.close.map(({ id }) => id));
        const updated = new Map(changes.update.map((update) => [update.id, update]));
        const next: OpenDrift[] = openRecords
          .filter(({ id }) => !closed.has(id))
          .map((record) => ({
            ...record,
            ...updated.get(record.id)?.drift,
            count: updated.get(record.id)?.count ?? record.count,
          }));
        const opened = changes.open.map((record, index) => ({ ...record, id: `n${index}`, count: 1, heals: 0 }));
        expect(reconcileDrift({ openRecords: [...next, ...opened], observed, now: NOW })).toEqual({
          open: [],
          update: [],
          close: [],
        });
      }),
    );
  });
});

describe('driftFingerprint', () => {
  const key = { group: 'apps', kind: 'Deployment' };
  const same = (text: string): string => text;
  it('is the same for the same change on another object', () => {
    const difference = { path: 'spec.replicas', desired: 2, live: 3 };
    expect(driftFingerprint(key, difference, same)).toBe(
      driftFingerprint({ ...key }, { live: 3, desired: 2, path: 'spec.replicas' }, same),
    );
    for (const other of [
      { ...difference, path: 'spec.paused' },
      { ...difference, live: 4 },
      { ...difference, desired: undefined },
    ]) {
      expect(driftFingerprint(key, other, same)).not.toBe(driftFingerprint(key, difference, same));
    }
    expect(driftFingerprint({ ...key, kind: 'StatefulSet' }, difference, same)).not.toBe(
      driftFingerprint(key, difference, same),
    );
  });
});
