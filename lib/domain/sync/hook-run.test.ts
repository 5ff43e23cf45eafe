import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HookDeletePolicy } from '../resource/hook.ts';
import type { JsonObject, Manifest } from '../resource/manifest.ts';
import { HOOK_RUN_ANNOTATION, hookObject, hookStateOf, isOfRun, mustGoFirst } from './hook-run.ts';

const run = {
  operationId: '019ab-1234-5678-9abc-def012345678',
  phase: 'PreSync' as const,
  revision: 'abcdef0123456789',
};
const job = (metadata: JsonObject, rest: JsonObject = {}): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate', namespace: 'shop', ...metadata },
  ...rest,
});
const ended = (type: string): JsonObject => ({ status: { conditions: [{ type, status: 'True', message: 'words' }] } });

describe('hookObject', () => {
  it('marks the run and keeps a name', () => {
    const made = hookObject(job({ annotations: { a: 'b' } }), run);
    expect(made.metadata).toEqual({
      name: 'migrate',
      namespace: 'shop',
      annotations: { a: 'b', [HOOK_RUN_ANNOTATION]: `${run.operationId}@PreSync` },
    });
    expect(isOfRun(made, run)).toBe(true);
    expect(isOfRun(made, { ...run, phase: 'PostSync' })).toBe(false);
    expect(isOfRun(made, { ...run, operationId: 'other' })).toBe(false);
    expect(isOfRun(job({}), run)).toBe(false);
  });

  it('gives a fresh name where one is to be generated, the same for the same run', () => {
    const generated = job({ name: 'migrate-generated', generateName: 'migrate-' });
    const { name, generateName } = hookObject(generated, run).metadata;
    expect([name, generateName]).toEqual(['migrate-abcdef0-presync-12345678', undefined]);
    expect(hookObject(generated, run).metadata.name).toBe(name);
    expect(hookObject(generated, { ...run, phase: 'PostSync' }).metadata.name).not.toBe(name);
  });

  it('never makes a name that is too long', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,120}-$/), (generateName) => {
        const { name } = hookObject(job({ generateName }), run).metadata;
        expect(name.length).toBeLessThanOrEqual(63);
        expect(name).toMatch(/presync-12345678$/);
      }),
    );
  });
});

describe('mustGoFirst', () => {
  const config: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  const workflow: Manifest = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'a' } };
  it.each<[string, Manifest, HookDeletePolicy[], boolean]>([
    ['a job', job({}), ['BeforeHookCreation'], true],
    ['a job that stays when it failed', job({}), ['HookSucceeded'], true],
    ['a workflow that stays when it succeeded', workflow, ['HookFailed'], true],
    ['configuration', config, ['BeforeHookCreation', 'HookSucceeded'], true],
    ['configuration that is kept', config, ['HookFailed'], false],
  ])('%s', (_what, live, policies, expected) => expect(mustGoFirst(live, policies)).toBe(expected));
});

describe('hookStateOf', () => {
  const deleted = { deletionTimestamp: '2026-11-24T12:00:00Z' };
  it.each<[string, Manifest, string]>([
    ['a job that was just made', job({}), 'running'],
    ['a job at its end', job({}, ended('Complete')), 'succeeded'],
    ['a job at its end that is being deleted', job(deleted, ended('Complete')), 'succeeded'],
    ['a job that failed', job({}, ended('Failed')), 'failed'],
    ['a job that somebody deletes', job(deleted), 'failed'],
    ['a suspended job', job({}, { spec: { suspend: true }, ...ended('Suspended') }), 'running'],
    ['plain configuration', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, 'succeeded'],
  ])('%s: %s', (_what, live, state) => {
    const answer = hookStateOf(live, []);
    expect(answer.state).toBe(state);
    expect(answer.message === '').toBe(state === 'succeeded');
  });

  it('says what its pod waits for', () => {
    const owner = job({ uid: 'u' });
    const pod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'migrate-x',
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', uid: 'u' }],
      },
      status: {
        phase: 'Pending',
        containerStatuses: [
          { name: 'c', image: 'shop:9', state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } },
        ],
      },
    };
    expect(hookStateOf(owner, [pod])).toEqual({
      state: 'running',
      message: expect.stringContaining('Image cannot be pulled: shop:9'),
    });
  });
});
