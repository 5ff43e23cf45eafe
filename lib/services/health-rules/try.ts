import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { type TriedHealthRule, tryHealthRuleInput } from '#lib/contracts/health-rules.ts';
import { maskManifest, secretTexts } from '#lib/domain/diff/mask.ts';
import { maskKnown } from '#lib/domain/diff/mask-text.ts';
import { assessHealth } from '#lib/domain/health/assess.ts';
import { applyRule, assessorOf } from '#lib/domain/health/custom/rule.ts';
import type { Manifest } from '#lib/domain/resource/manifest.ts';
import { parseManifest } from '#lib/domain/resource/parse.ts';
import { requirePermission } from '../access/require.ts';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { bounded } from './bounded.ts';

/**
 * Judges one object by a rule that need not be saved. Nothing is stored and no cluster is asked. Errors: forbidden (audited),
 * invalid (the rule's field, or `object` when it cannot be read).
 */
export async function tryHealthRule(ctx: Context, input: z.input<typeof tryHealthRuleInput>): Promise<TriedHealthRule> {
  const name = input.rule.group === '' ? input.rule.kind : `${input.rule.kind}.${input.rule.group}`;
  const target = { kind: 'health-rule' as const, id: '', name };
  await requirePermission(ctx, 'health-rules:write', { verb: 'health-rule.try', target });
  const { rule, object } = tryHealthRuleInput.parse(input);
  const given = readObject(object);
  const secrets = secretTexts(given);
  const manifest = maskManifest(given, (value) => ctx.keyring.hash(value));
  const said = (health: { status: TriedHealthRule['status']; message: string }) => ({
    status: health.status,
    message: maskKnown(health.message, secrets),
  });
  // The same choice the workers make: by group and kind, never a Secret, never what is being deleted.
  const isAsked = assessorOf([{ ...rule, clauses: [ALWAYS] }], bounded)(manifest).message === ALWAYS.message;
  if (!isAsked) return { ...said(assessHealth(manifest)), clause: null, decidedBy: 'not-of-this-kind' };
  const verdict = applyRule(rule, manifest, bounded);
  if (verdict === null) return { ...said(assessHealth(manifest)), clause: null, decidedBy: 'built-in' };
  return {
    ...said(verdict.health),
    clause: verdict.clause,
    decidedBy: verdict.clause === null ? 'failure' : 'clause',
  };
}

const ALWAYS = { when: 'true', status: 'Unknown', message: 'asked', messageExpression: '' } as const;

function readObject(text: string): Manifest {
  const documents = parseAllDocuments(text, { schema: 'core', uniqueKeys: true });
  if (!Array.isArray(documents) || documents.length !== 1)
    throw invalid('object', `paste one object; this holds ${Array.isArray(documents) ? documents.length : 'none'}`);
  const [document] = documents;
  const [error] = document?.errors ?? [];
  if (error) throw invalid('object', `cannot be read: ${error.message.split('\n', 1)[0] ?? ''}`);
  const { manifest, problems } = parseManifest(plain(document));
  if (problems) throw invalid('object', problems[0] ?? 'is no Kubernetes object');
  return manifest;
}

/** References of YAML are followed only so far: few bytes can unfold to many. */
function plain(document: { toJS(options: { maxAliasCount: number }): unknown } | undefined): unknown {
  try {
    return document?.toJS({ maxAliasCount: 50 });
  } catch {
    throw invalid('object', 'repeats too much of itself by references');
  }
}
