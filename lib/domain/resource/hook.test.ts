import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hook, HOOK_PHASES, hookOf, hookOfAnnotations, placeholderName } from './hook.ts';

const argo = (hook: string, policy?: string) => ({
  'argocd.argoproj.io/hook': hook,
  ...(policy === undefined ? {} : { 'argocd.argoproj.io/hook-delete-policy': policy }),
});
const helm = (hook: string, policy?: string) => ({
  'helm.sh/hook': hook,
  ...(policy === undefined ? {} : { 'helm.sh/hook-delete-policy': policy }),
});
const before: Hook['deletePolicies'] = ['BeforeHookCreation'];

describe('hookOf', () => {
  it.each<[Record<string, string> | undefined, Hook | null]>([
    [undefined, null],
    [{ team: 'shop' }, null],
    [argo('PreSync'), { phases: ['PreSync'], deletePolicies: before }],
    [argo('PreSync, PostSync'), { phases: ['PreSync', 'PostSync'], deletePolicies: before }],
    [argo('Sync', 'HookSucceeded'), { phases: ['Sync'], deletePolicies: ['HookSucceeded'] }],
    [
      argo('SyncFail', 'HookSucceeded,HookFailed'),
      { phases: ['SyncFail'], deletePolicies: ['HookSucceeded', 'HookFailed'] },
    ],
    [argo('PreDelete,PostDelete'), { phases: ['PreDelete', 'PostDelete'], deletePolicies: before }],
    [argo('Skip'), { phases: ['Skip'], deletePolicies: before }],
    [argo('PreSync,Skip'), { phases: ['Skip'], deletePolicies: before }],
    [argo(''), { phases: ['Skip'], deletePolicies: before }],
    [argo('presync'), { phases: ['Skip'], deletePolicies: before }],
    [argo('PreSync', 'Never'), { phases: ['PreSync'], deletePolicies: before }],
    [helm('pre-install,pre-upgrade'), { phases: ['PreSync'], deletePolicies: before }],
    [helm('post-install, post-upgrade'), { phases: ['PostSync'], deletePolicies: before }],
    [helm('pre-upgrade,post-upgrade'), { phases: ['PreSync', 'PostSync'], deletePolicies: before }],
    [helm('pre-delete'), { phases: ['PreDelete'], deletePolicies: before }],
    [helm('post-delete'), { phases: ['PostDelete'], deletePolicies: before }],
    [helm('crd-install'), null],
    [helm('test'), { phases: ['Skip'], deletePolicies: before }],
    [helm('test-success'), { phases: ['Skip'], deletePolicies: before }],
    [helm('pre-rollback'), { phases: ['Skip'], deletePolicies: before }],
    [helm('pre-rollback,pre-upgrade'), { phases: ['PreSync'], deletePolicies: before }],
    [
      helm('post-install', 'before-hook-creation,hook-succeeded'),
      { phases: ['PostSync'], deletePolicies: ['BeforeHookCreation', 'HookSucceeded'] },
    ],
    [helm('post-install', 'hook-failed'), { phases: ['PostSync'], deletePolicies: ['HookFailed'] }],
    [
      { ...argo('PostSync'), ...helm('pre-install', 'hook-failed') },
      { phases: ['PostSync'], deletePolicies: ['HookFailed'] },
    ],
    [
      {
        'quarterdeck.dev/hook': 'PreSync',
        'quarterdeck.dev/hook-delete-policy': 'HookSucceeded',
        ...argo('PostSync', 'HookFailed'),
      },
      { phases: ['PreSync'], deletePolicies: ['HookSucceeded'] },
    ],
    [{ 'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded' }, null],
  ])('%j', (annotations, expected) => {
    const metadata = { name: 'a', ...(annotations === undefined ? {} : { annotations }) };
    expect(hookOf({ apiVersion: 'batch/v1', kind: 'Job', metadata })).toEqual(expected);
  });

  it('answers known words, whatever the annotations are', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom('helm.sh/hook', 'quarterdeck.dev/hook'), fc.jsonValue()),
        ),
        (annotations) => {
          const hook = hookOfAnnotations(annotations);
          expect(hook === null || hook.phases.every((phase) => HOOK_PHASES.includes(phase))).toBe(true);
          expect(hook?.phases).not.toEqual([]);
        },
      ),
    );
  });
});

describe('placeholderName', () => {
  it.each([
    [{ generateName: 'migrate-', annotations: argo('PreSync') }, 'migrate-generated'],
    [{ generateName: 'migrate-', annotations: helm('crd-install') }, null],
    [{ generateName: 'migrate-' }, null],
    [{ generateName: 7, annotations: argo('PreSync') }, null],
    [{ annotations: argo('PreSync') }, null],
  ])('%j: %s', (metadata, expected) => expect(placeholderName(metadata)).toBe(expected));
});
