import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { OperationView } from '#lib/contracts/operations.ts';
import { ApplicationLink } from './chain.tsx';

const AT = '2026-03-01T14:05:22.000Z';
const ID = '0191f3a0-0000-7000-8000-000000000000';
const commit = (sha: string) => ({ sha, subject: 'Raise the limit', authorName: 'Ada', committedAt: AT });
const [OLD, NEW] = ['1111111aaaaaaaaa', '2222222bbbbbbbbb'] as const;

const application = {
  target: commit(NEW),
  deployed: commit(OLD),
  driftCount: 0,
  lastDeployment: { id: ID, actorName: 'Ada', finishedAt: AT, durationMs: 4_000, outcome: 'Degraded' },
};

const object = { key: '/ConfigMap/shop/a', action: 'change' as const, phase: 'Sync' as const, wave: 0, message: '' };
const operation = (changed: Partial<OperationView>): OperationView => ({
  id: ID,
  applicationId: ID,
  applicationName: 'web',
  kind: 'sync',
  phase: 'running',
  message: '',
  revision: NEW,
  commitSha: null,
  pullRequestUrl: null,
  automatic: false,
  actor: { kind: 'user', id: 'u', name: 'Olga' },
  createdAt: AT,
  startedAt: AT,
  finishedAt: null,
  deadlineAt: null,
  terminateRequestedAt: null,
  objects: [
    { ...object, result: 'configured' },
    { ...object, result: 'pending' },
  ],
  ...changed,
});

const words = (under: OperationView | null | undefined) =>
  renderToStaticMarkup(<ApplicationLink application={application} operation={under} />).replace(/<[^>]*>/g, ' ');

describe('the application in the chain', () => {
  it.each<[string, OperationView | undefined, string]>([
    ['requested', operation({ phase: 'requested' }), 'Sync requested'],
    ['applied now', operation({}), 'Syncing 2222222'],
    ['waiting for health', operation({ phase: 'waiting' }), 'Applied 2222222, waiting for health'],
    ['rolled back now', operation({ kind: 'rollback-git' }), 'Rolling back to 2222222'],
    ['not known yet', undefined, 'An operation is under way'],
  ])('says what is under way, not how the last one ended: %s', (_, under, expected) => {
    expect(words(under)).toContain(expected);
    expect(words(under)).not.toContain('Degraded');
  });

  it('says by whom and how far', () => {
    expect(words(operation({}))).toMatch(/by Olga\s.*1 of\s+2 objects\s+done/);
  });

  it('says how the last one ended when none is under way', () => {
    expect(words(null)).toMatch(/Still at 1111111.*by Ada.*4 s.*Degraded/);
  });
});
