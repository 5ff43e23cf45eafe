import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginKeyFileRotation, finishKeyFileRotation, loadKeyFile } from './key-file.ts';
import { createKeyring, createSealer, generateKey, keyIdOf, KeyringError } from './keyring.ts';

describe('sealing', () => {
  const sealer = createSealer({ current: generateKey() });

  test('opens what it sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
        expect(sealer.open(sealer.seal(text, purpose), purpose)).toBe(text);
      }),
    );
  });

  test('refuses any changed byte', () => {
    const sealed = sealer.seal('a secret', 'cluster:1');
    fc.assert(
      fc.property(fc.nat(sealed.ciphertext.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const ciphertext = Uint8Array.from(sealed.ciphertext);
        ciphertext[index] = (ciphertext[index] ?? 0) ^ flip;
        expect(() => sealer.open({ ...sealed, ciphertext }, 'cluster:1')).toThrow(KeyringError);
      }),
    );
  });

  test('refuses a secret that was moved elsewhere, cut short, or sealed by an unknown key', () => {
    const sealed = sealer.seal('a secret', 'cluster:1');
    expect(() => sealer.open(sealed, 'cluster:2')).toThrow(/belongs somewhere else/);
    expect(() => sealer.open({ ...sealed, ciphertext: sealed.ciphertext.slice(0, 5) }, 'cluster:1')).toThrow(
      KeyringError,
    );
    expect(() => createSealer({ current: generateKey() }).open(sealed, 'cluster:1')).toThrow(sealed.keyId);
  });

  test('the same text is sealed differently each time, without its text in it', () => {
    const one = sealer.seal('the same text', 'p');
    const two = sealer.seal('the same text', 'p');
    expect(Buffer.from(one.ciphertext)).not.toEqual(Buffer.from(two.ciphertext));
    expect(Buffer.from(one.ciphertext).toString('latin1')).not.toContain('same');
  });

  test('after a rotation the previous key opens, the new one seals, hashes stay', () => {
    const [old, next, hashingSecret] = [generateKey(), generateKey(), generateKey()];
    const before = createKeyring({ current: old, hashingSecret });
    const after = createKeyring({ current: next, previous: old, hashingSecret });
    expect(after.open(before.seal('x', 'p'), 'p')).toBe('x');
    expect(after.seal('x', 'p').keyId).toBe(keyIdOf(next));
    expect(after.hash('value')).toBe(before.hash('value'));
    expect(createKeyring({ current: next, hashingSecret: generateKey() }).hash('value')).not.toBe(after.hash('value'));
  });

  test.each(['', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
    'refuses key %j',
    (key) => {
      expect(() => createSealer({ current: key })).toThrow(/32 bytes/);
    },
  );
});

describe('the key file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'quarterdeck-keyring-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is made once, by whichever of many processes is first, for the owner alone', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => loadKeyFile(folder)));
    const again = await loadKeyFile(folder);
    expect(new Set([...keys, again].map((key) => key.current)).size).toBe(1);
    expect((await stat(path.join(folder, 'encryption.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['encryption.key']);
  });

  test.each([0o640, 0o604, 0o666])('with mode %o is refused, with the command that helps', async (mode) => {
    await loadKeyFile(folder);
    await chmod(path.join(folder, 'encryption.key'), mode);
    await expect(loadKeyFile(folder)).rejects.toThrow(/chmod 600/);
  });

  test('rotates once however often it is begun, and forgets the old key at the end', async () => {
    const before = await loadKeyFile(folder);
    await beginKeyFileRotation(folder);
    const during = await loadKeyFile(folder);
    await beginKeyFileRotation(folder);
    expect(await loadKeyFile(folder)).toEqual(during);
    expect(during.previous).toBe(before.current);
    expect(during.current).not.toBe(before.current);
    await finishKeyFileRotation(folder);
    expect(await loadKeyFile(folder)).toEqual({ current: during.current, previous: undefined });
  });
});
