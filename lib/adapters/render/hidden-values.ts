import { isSensitiveName } from '#lib/domain/diff/mask-text.ts';

/** Shorter ones occur everywhere by chance. */
const MIN_LENGTH = 5;
const MAX_VALUES = 20_000;
/** What these fields say helps to find an error and is no secret. */
const NAMING = /^(apiVersion|kind|name|namespace|type|behavior|path|namePrefix|nameSuffix)$/;
// No boundary in front: a manifest inside a quoted text begins its lines with an escaped line end.
const ABOUT_SECRETS = /kind["']?\s*:\s*["']?Secret\b|\bsecretGenerator\b/;

/** Whether a source (manifest, template, kustomization) is about Secrets. */
export function isAboutSecrets(text: string): boolean {
  return ABOUT_SECRETS.test(text);
}

/**
 * Values that a tool's error about these sources must not quote, whether they are valid YAML or not: what stands after a
 * name or alone on a line, in block and in flow style, and both sides of `name=value`. `sensitive` keeps only what
 * stands after a name like `password`.
 */
export function hiddenValues(texts: readonly string[], keep: 'sensitive' | 'all'): string[] {
  const values = new Set<string>();
  for (const text of texts) {
    for (const token of text.split(/\n|\\n|[{}[\],]/)) {
      if (values.size > MAX_VALUES) break;
      const [, name = '', rest = ''] = /^\s*(?:-\s+)?(?:["']?([\w./-]+)["']?\s*:(?=\s|$))?(.*)$/.exec(token) ?? [];
      if (NAMING.test(name) || (keep === 'sensitive' && !isSensitiveName(name))) continue;
      const value = unquoted(rest.trim());
      for (const part of [value, ...value.split('=').map((side) => side.trim()), value.slice(value.indexOf('=') + 1)])
        if (part.length >= MIN_LENGTH) values.add(part);
    }
  }
  return [...values];
}

function unquoted(text: string): string {
  const bare = text.replace(/^[\\"'|>+-]+\s*/, '').replace(/[\\"']+$/, '');
  if (!text.startsWith('"')) return bare;
  try {
    return String(JSON.parse(text));
  } catch {
    return bare;
  }
}
