import type { ApplicationView, NewApplication } from '#lib/contracts/applications.ts';
import { listOf } from './lists.ts';
import { EMPTY_SOURCE, type SourceDraft, sourceDraftOf, sourceOf } from './source-draft.ts';
import { EMPTY_SYNC, type SyncDraft, syncDraftOf, syncPolicyOf } from './sync-draft.ts';

/** What the form holds: texts, so that half-typed values can stand. */
export interface Draft extends SourceDraft, SyncDraft {
  name: string;
  projectId: string;
  clusterId: string;
  namespace: string;
  labels: string;
  protected: boolean;
  /** Names with commas between them. */
  dependsOn: string;
  /** JSON: rules are few and exact. */
  ignoreRules: string;
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  projectId: '',
  clusterId: '',
  namespace: '',
  labels: '',
  ...EMPTY_SOURCE,
  ...EMPTY_SYNC,
  protected: false,
  dependsOn: '',
  ignoreRules: '[]',
};

export function draftOf(application: ApplicationView): Draft {
  return {
    name: application.name,
    projectId: application.projectId,
    clusterId: application.clusterId,
    namespace: application.namespace,
    labels: Object.entries(application.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    ...sourceDraftOf(application),
    ...syncDraftOf(application),
    protected: application.protected,
    dependsOn: application.dependencies.map(({ projectName, name }) => `${projectName}/${name}`).join(', '),
    ignoreRules: JSON.stringify(application.ignoreRules, null, 2),
  };
}

/** `team=payments, tier=web` as labels; words without `=` are left out. */
export function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.trim().split('='))
      .filter(([key, value]) => key !== undefined && key !== '' && value !== undefined)
      .map(([key, ...rest]) => [key, rest.join('=')]),
  );
}

/** The declaration a draft means; options the form does not show are kept from `before`. Throws SyntaxError for broken ignore rules. */
export function inputOf(draft: Draft, before?: ApplicationView): NewApplication {
  return {
    name: draft.name,
    projectId: draft.projectId,
    clusterId: draft.clusterId,
    namespace: draft.namespace,
    labels: parseLabels(draft.labels),
    source: sourceOf(draft, before),
    syncPolicy: syncPolicyOf(draft, before),
    // The server checks every rule and names the field that is wrong.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    ignoreRules: JSON.parse(
      draft.ignoreRules.trim() === '' ? '[]' : draft.ignoreRules,
    ) as NewApplication['ignoreRules'],
    protected: draft.protected,
    dependsOn: listOf(draft.dependsOn),
  };
}
