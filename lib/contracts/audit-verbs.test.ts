import { describe, expect, it } from 'vitest';
import { auditPhrase, auditSentence } from './audit-verbs.ts';

describe('auditPhrase', () => {
  it.each([
    ['sync.request', 'allowed', 'requested a sync', 'of ', ''],
    ['sync.request', 'refused', 'tried to request a sync', 'of ', 'and was refused'],
    ['sync.finish', 'failed', 'failed to finish a sync', 'of ', ''],
    ['application.create', 'succeeded', 'added the application', '', ''],
    ['session.start', 'succeeded', 'signed in', null, ''],
    ['later.verb', 'succeeded', 'later.verb', '', ''],
    ['toString', 'succeeded', 'toString', '', ''],
  ])('%s %s', (verb, outcome, act, link, ending) => {
    expect(auditPhrase({ verb, outcome })).toEqual({ act, link, ending });
  });
});

it('begins a sentence with a capital and ends it with the refusal', () => {
  expect(auditSentence({ verb: 'pin.create', outcome: 'refused' })).toBe('Tried to place a pin and was refused');
});
