import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseKubernetesYaml } from './kubernetes-yaml.ts';
import { ensureTools } from './tools.ts';

const valueOf = (text: string): unknown => parseKubernetesYaml(text, 'f.yaml').documents[0]?.value;

describe('YAML as Kubernetes reads it', () => {
  // Each answer is what `kubectl label --local -o json` printed for the same line.
  it.each([
    ['yes', true],
    ['y', true],
    ['on', true],
    ['TRUE', true],
    ['off', false],
    ['n', false],
    ['oN', 'oN'],
    ['0644', 420],
    ['0o644', 420],
    ['0x1F', 31],
    ['0b11', 3],
    ['1_000', 1000],
    ['1__0', 10],
    ['012345678', 12345678],
    ['08', 8],
    ['-0', 0],
    ['+5', 5],
    ['0', 0],
    ['-17', -17],
    ['12:30:45', '12:30:45'],
    ['1:20', '1:20'],
    ['2001-12-14', '2001-12-14'],
    ['2001-12-14T21:59:43.10-05:00', '2001-12-14T21:59:43.10-05:00'],
    ['1e3', 1000],
    ['1E3', 1000],
    ['12e03', 12000],
    ['123e', '123e'],
    ['.5', 0.5],
    ['1.0', 1],
    ['1.', 1],
    ['6.02e23', 6.02e23],
    ['1e400', '1e400'],
    ['~', null],
    ['', null],
    ['NULL', null],
    ['=', '='],
    ['"0644"', '0644'],
    ["'yes'", 'yes'],
    ['!!binary aGVsbG8=', 'hello'],
    ['!!str 12', '12'],
    ['1.2.3', '1.2.3'],
    ['100m', '100m'],
    ['-', '-'],
    ['v1', 'v1'],
  ])('reads %j', (text, value) => {
    if (text === '-') expect(valueOf(`a: "${text}"`)).toEqual({ a: value });
    else expect(valueOf(`a: ${text}`)).toEqual({ a: value });
  });

  it('agrees with kubectl on thousands of odd scalars', async () => {
    const characters = fc.constantFrom(...'0123456789abefxXoObBeE+-._:yntfTF'.split(''));
    const samples = fc.sample(fc.string({ unit: characters, minLength: 1, maxLength: 7 }), { seed: 7, numRuns: 5000 });
    const scalars = [...new Set(samples)].filter((text) => !text.endsWith(':') && !/^[-:](?![0-9a-z.])/.test(text));
    const lines = scalars.map((text, index) => `  k${index}: ${text}`);
    const folder = await mkdtemp(join(tmpdir(), 'yaml-'));
    const file = join(folder, 'odd.yaml');
    await writeFile(file, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n${lines.join('\n')}\n`);
    const { kubectl } = await ensureTools(join(tmpdir(), 'quarterdeck-tools'), { searchPath: '/nonexistent' });
    const args = ['label', '--local', '--dry-run=client', '-o', 'json', '-f', file, 'a=b'];
    const { stdout } = await promisify(execFile)(kubectl, args, { maxBuffer: 64 * 1024 * 1024 });
    expect(valueOf(await readFile(file, 'utf8'))).toMatchObject({ data: JSON.parse(stdout).data });
    await rm(folder, { recursive: true });
  }, 60_000);

  it('makes text of keys, takes merges, and lets the last of two keys count with a warning', () => {
    expect(valueOf('n: 5\n12: x\n')).toEqual({ false: 5, 12: 'x' });
    expect(valueOf('base: &b {x: 1, y2: 2}\nuse:\n  <<: *b\n  x: 3\n')).toMatchObject({ use: { x: 3, y2: 2 } });
    const twice = parseKubernetesYaml('a: 1\na: 2\n', 'f.yaml');
    expect(twice.documents[0]?.value).toEqual({ a: 2 });
    expect(twice.warnings).toEqual(['f.yaml:2: a key is given twice; the last one counts.']);
  });

  it('tells documents apart, with the line where each starts', () => {
    const { documents } = parseKubernetesYaml('# c\n---\na: 1\n---\n---\n\nb: 2\n...\n', 'f.yaml');
    expect(documents.map(({ value, line }) => [value, line])).toEqual([
      [{ a: 1 }, 3],
      [null, expect.any(Number)],
      [{ b: 2 }, 7],
    ]);
  });

  it.each([
    ['a: 1\n b: 2\n', 'f.yaml:2'],
    ['a: [1\n', 'f.yaml:'],
    ['a:\n\t- x\n', 'f.yaml:2'],
    ['a: "x\n', 'f.yaml:'],
    ['{"a": }}', 'f.yaml:1'],
  ])('names file and line of %j', (text, place) => {
    expect(() => parseKubernetesYaml(text, 'f.yaml')).toThrow(place);
  });

  it.each(['password: *s3cret-canary', '? *s3cret-canary', '"s3cret-canary', '- a\ns3cret-canary\n- b'])(
    'does not repeat what it stumbled over in %j',
    (text) => {
      expect(() => parseKubernetesYaml(text, 'f.yaml')).toThrow(/^(?!.*s3cret-canary)f\.yaml/s);
    },
  );

  it('refuses alias bombs and endless nesting quickly', () => {
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
    for (let at = 1; at < 9; at += 1)
      bomb.push(
        `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(',')}]`,
      );
    const started = performance.now();
    expect(() => parseKubernetesYaml('a: &a {b: *a}', 'f.yaml')).toThrow('a circle');
    expect(() => parseKubernetesYaml(bomb.join('\n'), 'f.yaml')).toThrow('f.yaml');
    expect(() => parseKubernetesYaml('['.repeat(200_000), 'f.yaml')).toThrow('f.yaml');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('keeps prototype names as plain keys', () => {
    const value = valueOf('__proto__: {polluted: 1}\nconstructor: x\n');
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
