import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canaryOf, findLeaks, newCanary } from './canaries.ts';

const canary = newCanary('planted', (core) => `p"ss/ ${core} & %`);
const spellings: [string, (value: string) => string][] = [
  ['as it is', (value) => value],
  ['upper case', (value) => value.toUpperCase()],
  ['URL-encoded', encodeURIComponent],
  ['a form field', (value) => new URLSearchParams({ value }).toString()],
  ['a JSON string in a JSON string', (value) => JSON.stringify(JSON.stringify({ value }))],
  ['hex', (value) => Buffer.from(value).toString('hex')],
  ['a column of bytes', (value) => `\\x${Buffer.from(value).toString('hex')}`],
  ['base64', (value) => Buffer.from(value).toString('base64')],
  ['base64 for URLs', (value) => Buffer.from(value).toString('base64url')],
  ['base64 of base64', (value) => Buffer.from(Buffer.from(value).toString('base64')).toString('base64')],
  ['an escaped page', (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
];

describe('findLeaks', () => {
  it.each(spellings)('finds a planted value as %s', (_name, spell) => {
    const leaks = findLeaks(`{"line": 1, "text": ${spell(canary.value)}}`, [newCanary('other'), canary]);
    expect(leaks.map((leak) => leak.canary)).toContain('planted');
    expect(new Set(leaks.map((leak) => leak.canary))).toEqual(new Set(['planted']));
  });

  it('finds it in the base64 of any text around it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (before, after) => {
        const text = Buffer.concat([before, Buffer.from(canary.value), after]).toString('base64');
        expect(findLeaks(text, [canary])).not.toEqual([]);
      }),
    );
  });

  it('finds any line of a key', () => {
    const lines = ['MIIEvQIBADANBgkqhkiG9w0BAQ', 'EFAASCBKcwggSjAgEAAoIBAQDI'];
    const key = canaryOf('key', `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`);
    for (const line of lines) expect(findLeaks(`Load key: ${line}`, [key])).toMatchObject([{ canary: 'key' }]);
    expect(() => canaryOf('nothing', '-----BEGIN PRIVATE KEY-----')).toThrow('too short');
  });

  it('says where, without the value, and finds nothing where nothing is', () => {
    const [leak] = findLeaks(`Error: cannot use ${canary.value} here`, [canary]);
    expect(leak?.around).toContain('cannot use');
    expect(findLeaks(leak?.around ?? '', [canary])).toEqual([]);
    expect(findLeaks('••••••#0123456789ab', [canary])).toEqual([]);
  });
});
