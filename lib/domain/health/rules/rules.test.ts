import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isObject } from '../../resource/json.ts';
import { type JsonValue, type Manifest, parseApiVersion } from '../../resource/manifest.ts';
import { isManifest } from '../../resource/parse.ts';
import { assessHealth } from '../assess.ts';
import { HEALTH_STATUSES } from '../status.ts';
import { GROUP_RULES } from './groups.ts';
import { HEALTH_RULES, registeredRule } from './registry.ts';

interface HealthCase {
  name: string;
  object: string;
  change?: JsonValue;
  expect: { status: string; message: string };
}

const ROOT = import.meta.dirname;
const folders = globSync('*/*/rule.ts', { cwd: ROOT }).map((path) => dirname(path));

/** JSON merge patch: null removes, lists replace. */
function merge(base: JsonValue, change: JsonValue | undefined): JsonValue {
  if (change === undefined) return base;
  if (!isObject(change)) return change;
  const merged: Record<string, JsonValue> = isObject(base) ? { ...base } : {};
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key] ?? null, value);
  }
  return merged;
}

const casesOf = new Map<string, HealthCase[]>();
const objects = new Map<string, JsonValue>();

/** Each file is read once, however many cases change it. */
function readOnce<T>(known: Map<string, T>, path: string): T {
  const value: T = known.get(path) ?? parse(readFileSync(join(ROOT, path), 'utf8'));
  known.set(path, value);
  return value;
}

const readCases = (folder: string): HealthCase[] => readOnce(casesOf, `${folder}/cases.yaml`);

function objectOf(folder: string, one: HealthCase): Manifest {
  const merged = merge(readOnce(objects, `${folder}/${one.object}`), one.change);
  if (!isManifest(merged)) throw new Error(`${folder}: ${one.name} is no manifest`);
  return merged;
}

/** Where the registry holds the rule that judges this object. */
const registryName = (manifest: Manifest): string | undefined =>
  registeredRule(parseApiVersion(manifest.apiVersion).group, manifest.kind)?.name;

describe.each(folders)('%s', (folder) => {
  it('has cases', () => {
    expect(existsSync(join(ROOT, folder, 'cases.yaml')), 'a rule without cases').toBe(true);
    expect(readCases(folder).length).toBeGreaterThanOrEqual(3);
  });
  it.each(readCases(folder))('$name', (one) => {
    const manifest = objectOf(folder, one);
    expect(registryName(manifest), 'no line in the registry').toBeTypeOf('string');
    expect(assessHealth(manifest)).toEqual(one.expect);
  });
  it('answers in known words whatever the object holds', () => {
    const [first] = readCases(folder);
    if (first === undefined) throw new Error('no case');
    const base = objectOf(folder, first);
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (status, spec) => {
        expect(HEALTH_STATUSES).toContain(assessHealth({ ...base, status, spec }).status);
      }),
    );
  });
});

it('every rule in the registry has a folder with cases', () => {
  const covered = folders
    .flatMap((folder) => readCases(folder).map((one) => registryName(objectOf(folder, one))))
    .filter((name) => name !== undefined);
  const registered = [...Object.keys(HEALTH_RULES), ...GROUP_RULES.map(({ name }) => name)];
  expect([...new Set(covered)].sort()).toEqual(registered.sort());
});

it('no pattern of groups stands behind one that takes all its groups', () => {
  GROUP_RULES.forEach(({ name }, index) => {
    expect(registeredRule(name.startsWith('.') ? `any${name}` : name, 'AnyKind')?.name).toBe(name);
    expect(GROUP_RULES.findIndex((one) => one.name === name)).toBe(index);
  });
});

it('an exact kind goes before the pattern of its group, and a bare suffix is no group', () => {
  expect(registeredRule('pkg.crossplane.io', 'Provider')?.name).toBe('pkg.crossplane.io/Provider');
  expect(registeredRule('s3.aws.crossplane.io', 'Bucket')?.name).toBe('.crossplane.io');
  expect(registeredRule('notcrossplane.io', 'Bucket')).toBeUndefined();
  expect(registeredRule('toString', 'constructor')).toBeUndefined();
});
