/**
 * How each act is told: what was `did`, what one tried to `act`, and the word before the target (`link`; null = the act
 * has no target worth naming). Its keys are the closed set of verbs: one without words does not compile.
 */
const WORDS = {
  'application.create': { did: 'added the application', act: 'add the application', link: '' },
  'application.update': { did: 'changed the declaration', act: 'change the declaration', link: 'of' },
  'application.delete': { did: 'deleted the application', act: 'delete the application', link: '' },
  'deletion.request': {
    did: 'requested a deletion with all objects',
    act: 'request a deletion with all objects',
    link: 'of',
  },
  'deletion.finish': { did: 'finished a deletion', act: 'finish a deletion', link: 'of' },
  'application.refresh': { did: 'asked for a refresh', act: 'ask for a refresh', link: 'of' },
  'cluster.create': { did: 'added the cluster', act: 'add the cluster', link: '' },
  'cluster.update': { did: 'changed the cluster', act: 'change the cluster', link: '' },
  'cluster.delete': { did: 'removed the cluster', act: 'remove the cluster', link: '' },
  'cluster.test': { did: 'tested the connection', act: 'test the connection', link: 'to' },
  'inquiry.ask': { did: 'asked the cluster', act: 'ask the cluster', link: 'about' },
  'credential.rotate': { did: 'replaced the credential', act: 'replace the credential', link: 'of' },
  'repository.create': { did: 'added the repository', act: 'add the repository', link: '' },
  'repository.update': { did: 'changed the repository', act: 'change the repository', link: '' },
  'repository.delete': { did: 'removed the repository', act: 'remove the repository', link: '' },
  'repository.test': { did: 'tested the connection', act: 'test the connection', link: 'to' },
  'repository.webhook': { did: 'renewed the webhook secret', act: 'use the webhook', link: 'of' },
  'project.create': { did: 'added the project', act: 'add the project', link: '' },
  'project.update': { did: 'changed the project', act: 'change the project', link: '' },
  'project.delete': { did: 'deleted the project', act: 'delete the project', link: '' },
  'ignore-rules.update': { did: 'changed the ignore rules', act: 'change the ignore rules', link: 'of' },
  'health-rule.create': { did: 'added the health rule', act: 'add the health rule', link: 'of' },
  'health-rule.update': { did: 'changed the health rule', act: 'change the health rule', link: 'of' },
  'health-rule.delete': { did: 'deleted the health rule', act: 'delete the health rule', link: 'of' },
  'health-rule.try': { did: 'tried the health rule', act: 'try the health rule', link: 'of' },
  'plan.request': { did: 'asked for a plan', act: 'ask for a plan', link: 'of' },
  'sync.request': { did: 'requested a sync', act: 'request a sync', link: 'of' },
  'sync.start': { did: 'started a sync', act: 'start a sync', link: 'of' },
  'sync.finish': { did: 'finished a sync', act: 'finish a sync', link: 'of' },
  'sync.terminate': { did: 'terminated the operation', act: 'terminate the operation', link: 'of' },
  'rollback.request': { did: 'requested a roll back', act: 'request a roll back', link: 'of' },
  'rollback.commit': { did: 'committed a roll back', act: 'commit a roll back', link: 'of' },
  'rollback.propose': { did: 'opened a pull request to roll back', act: 'open a pull request to roll back', link: '' },
  'rollback.finish': { did: 'finished a roll back', act: 'finish a roll back', link: 'of' },
  'pin.request': { did: 'requested a pin', act: 'request a pin', link: 'of' },
  'pin.create': { did: 'placed a pin', act: 'place a pin', link: 'on' },
  'pin.finish': { did: 'finished pinning', act: 'finish pinning', link: '' },
  'pin.announce': { did: 'announced the end of the pin', act: 'announce the end of the pin', link: 'on' },
  'pin.end': { did: 'ended the pin', act: 'end the pin', link: 'on' },
  'suspension.create': { did: 'suspended automatic sync', act: 'suspend automatic sync', link: 'of' },
  'suspension.announce': {
    did: 'announced the end of the suspension',
    act: 'announce the end of the suspension',
    link: 'of',
  },
  'suspension.end': { did: 'resumed automatic sync', act: 'resume automatic sync', link: 'of' },
  'person.invite': { did: 'invited', act: 'invite', link: '' },
  'person.join': { did: 'joined', act: 'join', link: null },
  'person.update': { did: 'changed the account', act: 'change the account', link: 'of' },
  'session.start': { did: 'signed in', act: 'sign in', link: null },
  'session.end': { did: 'signed out', act: 'sign out', link: null },
  'audit.export': { did: 'exported the audit', act: 'export the audit', link: 'as' },
} as const satisfies Readonly<Record<string, { did: string; act: string; link: string | null }>>;

/** The closed set of acts that reach the audit. */
export type AuditVerb = keyof typeof WORDS;

export interface AuditPhrase {
  /** Between actor and target: `tried to request a sync`. */
  act: string;
  /** Word before the target, with its space where there is one; null = name no target. */
  link: string | null;
  /** After the target: `and was refused`, or nothing. */
  ending: string;
}

function isVerb(verb: string): verb is AuditVerb {
  return Object.hasOwn(WORDS, verb);
}

/** One event in plain words. A verb of a newer version stands as it is. */
export function auditPhrase(event: { verb: string; outcome: string }): AuditPhrase {
  const { verb, outcome } = event;
  const { did, act, link } = isVerb(verb) ? WORDS[verb] : { did: verb, act: verb, link: '' };
  const before = link === null || link === '' ? link : `${link} `;
  if (outcome === 'refused') return { act: `tried to ${act}`, link: before, ending: 'and was refused' };
  if (outcome === 'failed') return { act: `failed to ${act}`, link: before, ending: '' };
  return { act: did, link: before, ending: '' };
}

/** The same where the target is known from the place: `Tried to request a sync and was refused`. */
export function auditSentence(event: { verb: string; outcome: string }): string {
  const { act, ending } = auditPhrase(event);
  const text = ending === '' ? act : `${act} ${ending}`;
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}
