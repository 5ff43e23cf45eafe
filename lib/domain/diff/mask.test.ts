import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectAt } from '../resource/json.ts';
import type { Manifest } from '../resource/manifest.ts';
import { withTracking } from '../resource/tracking.ts';
import { isMaskToken, LAST_APPLIED_ANNOTATION, maskManifest, maskToken, secretTexts } from './mask.ts';

const hash = (value: string): string => createHmac('sha256', 'key of this installation').update(value).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret = (rest: Record<string, unknown>, metadata: Record<string, unknown> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'db', ...metadata },
  ...rest,
});

describe('maskManifest', () => {
  it('replaces each value by a token that tells equality alone', () => {
    const masked = maskManifest(
      secret({ type: 'Opaque', data: { a: base64('one'), b: base64('one'), c: base64('two') } }),
      hash,
    );
    const data = objectAt(masked, 'data');
    expect(data['a']).toMatch(/^••••••#[0-9a-f]{12}$/);
    expect(data['a']).toBe(data['b']);
    expect(data['a']).not.toBe(data['c']);
    expect(data['a']).toBe(maskToken('one', hash));
    expect(isMaskToken(data['a'])).toBe(true);
    expect(masked['type']).toBe('Opaque');
  });

  it('folds stringData into data, so that what Git writes equals what the server keeps', () => {
    const written = maskManifest(secret({ stringData: { password: 'hünter2', port: 5432 } }), hash);
    const stored = maskManifest(secret({ data: { password: base64('hünter2'), port: base64('5432') } }), hash);
    expect(written).toEqual(stored);
    expect(written['stringData']).toBeUndefined();
    expect(maskManifest(secret({ data: { a: base64('old') }, stringData: { a: 'new' } }), hash)['data']).toEqual({
      a: maskToken('new', hash),
    });
  });

  it.each<[string, unknown, unknown]>([
    ['white space in base64', { a: 'b25l\n' }, { a: base64('one') }],
    ['missing padding', { a: 'b25lMQ' }, { a: 'b25lMQ==' }],
  ])('takes %s for the same bytes', (_name, left, right) => {
    expect(maskManifest(secret({ data: left }), hash)).toEqual(maskManifest(secret({ data: right }), hash));
  });

  it.each<[string, unknown]>([
    ['no base64 at all', { a: 'not base64 !!' }],
    ['a number', { a: 12345678 }],
    ['a list', ['plain secret text']],
    ['a text', 'plain secret text'],
  ])('masks data that is %s', (_name, data) => {
    const text = JSON.stringify(maskManifest(secret({ data }), hash));
    expect(text).not.toMatch(/plain secret|not base64|12345678/);
    expect(text).toContain('••••••#');
  });

  it('drops null values and fields a Secret does not have', () => {
    const masked = maskManifest(secret({ data: { a: null }, spec: { password: 'leak-me' }, items: ['leak-me'] }), hash);
    expect(masked).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' } });
  });

  it('masks annotations and labels that repeat a value or look like a copy, and leaves the others', () => {
    const annotations = {
      [LAST_APPLIED_ANNOTATION]: '{"data":{"password":"old-secret"}}',
      'objectset.rio.cattle.io/applied': 'H4sIAAAAAAAA/6pW',
      'example.com/note': 'the password is hunter2!',
      'example.com/copy': '{"data":{}}',
      'example.com/team': 'payments',
    };
    const masked = maskManifest(
      secret({ stringData: { password: 'hunter2!' } }, { annotations, labels: { pw: 'hunter2!', app: 'web' } }),
      hash,
    );
    expect(masked.metadata.annotations).toEqual({
      'objectset.rio.cattle.io/applied': expect.stringMatching(/^•/),
      'example.com/note': expect.stringMatching(/^•/),
      'example.com/copy': expect.stringMatching(/^•/),
      'example.com/team': 'payments',
    });
    expect(masked.metadata.labels).toEqual({ pw: expect.stringMatching(/^•/), app: 'web' });
  });

  it('masks annotations that repeat a value of the other side, as what a server predicts does', () => {
    const predicted = secret({ stringData: { a: 'wanted-value' } }, { annotations: { note: 'once edited-value' } });
    const live = secret({ stringData: { a: 'edited-value' } });
    expect(maskManifest(predicted, hash, secretTexts(live)).metadata.annotations).toEqual({
      note: expect.stringMatching(/^•/),
    });
  });

  it('names every text of a Secret that is not as a Secret should be', () => {
    const texts = secretTexts(
      secret({ stringData: { nested: { deep: ['leak-me-1', 1234567] } }, spec: { x: 'leak-me-2' } }),
    );
    expect(texts).toEqual(expect.arrayContaining(['leak-me-1', '1234567', 'leak-me-2']));
  });

  it('keeps the tracking annotation readable even when a value repeats the name', () => {
    const tracked = withTracking('app-1', secret({ stringData: { user: 'shop-db' } }, { name: 'shop-db' }));
    expect(maskManifest(tracked, hash).metadata.annotations).toEqual(tracked.metadata.annotations);
  });

  it('removes last-applied and managedFields from every kind and changes nothing else', () => {
    const deployment: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', annotations: { [LAST_APPLIED_ANNOTATION]: '{}', a: 'b' }, managedFields: [] },
      spec: { replicas: 2 },
    };
    expect(maskManifest(deployment, hash)).toEqual({
      ...deployment,
      metadata: { name: 'web', annotations: { a: 'b' } },
    });
    const custom = { apiVersion: 'example.com/v1', kind: 'Secret', metadata: { name: 'x' }, data: { a: 'b' } };
    expect(maskManifest(custom, hash)).toEqual(custom);
  });

  it('masks inside lists', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      metadata: { name: '' },
      items: [secret({ stringData: { a: 'leak-me' } }), 'leak-me'],
    };
    const typed = {
      apiVersion: 'v1',
      kind: 'SecretList',
      metadata: { name: '' },
      items: [{ metadata: { name: 'a' }, data: { a: base64('leak-me') } }],
    };
    expect(JSON.stringify([maskManifest(list, hash), maskManifest(typed, hash)])).not.toMatch(
      new RegExp(`leak-me|${base64('leak-me')}`),
    );
  });

  it('canary: a value placed anywhere in a Secret never leaves, plain or in base64, and masking again changes nothing', () => {
    const canary = fc
      .uint8Array({ minLength: 9, maxLength: 48 })
      .map((bytes) => `canary-${Buffer.from(bytes).toString('base64url')}`);
    const key = fc.oneof(fc.stringMatching(/^[-._a-zA-Z0-9]{1,20}$/), fc.constant('__proto__'));
    fc.assert(
      fc.property(canary, key, fc.nat({ max: 3 }), (value, name, where) => {
        const data: Record<string, string> = JSON.parse(
          `{${JSON.stringify(name)}:${JSON.stringify(where === 0 ? value : base64(value))}}`,
        );
        const copy = JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, data });
        const manifest = secret(where === 0 ? { stringData: data } : { data }, {
          annotations: {
            [LAST_APPLIED_ANNOTATION]: copy,
            backup: value,
            note: `see ${where === 2 ? base64(value) : value}`,
            json: copy,
          },
          labels: { value },
        });
        const masked = maskManifest(manifest, hash);
        const text = JSON.stringify(masked);
        expect(text).not.toContain(value);
        expect(text).not.toContain(base64(value));
        expect(maskManifest(masked, hash)).toEqual(masked);
        expect(secretTexts(manifest)).toEqual(expect.arrayContaining([value, base64(value)]));
        expect(secretTexts(masked)).toEqual([]);
      }),
    );
  });
});
