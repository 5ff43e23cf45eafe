import { MASK } from './mask.ts';

/** Longer texts are cut before they are searched: the rest of an error message helps nobody. UTF-16 units. */
export const MAX_TEXT = 16_384;
/** Masking one thing can make another visible to the patterns. */
const MAX_PASSES = 8;

const SENSITIVE =
  '(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credential|client[_-]?secret|signature)';

const SENSITIVE_NAME = new RegExp(`${SENSITIVE}|auth|pass(?:$|[^a-z])`, 'i');

/** Whether the name of a field promises something secret. */
export function isSensitiveName(name: string): boolean {
  return SENSITIVE_NAME.test(name);
}

/** Every pattern is linear on hostile input: bounded repeats, no nesting. Order matters: whole blocks first, then pairs, then shapes. */
const RULES: readonly [RegExp, string][] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g,
    `[private key ${MASK}]`,
  ],
  [
    /\b((?:proxy-)?authorization|x-api-key|private-token|set-cookie|cookie)(["']?\s{0,4}[:=]\s{0,4}["']?)[^\r\n"']+/gi,
    `$1$2${MASK}`,
  ],
  [/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#"'<>]*@/gi, `$1${MASK}@`],
  [
    new RegExp(`([\\w.-]{0,40}${SENSITIVE}s?[\\w-]{0,40}["']?\\s{0,4}[:=]\\s{0,4})"(?:[^"\\\\]|\\\\.)*"?`, 'gi'),
    `$1"${MASK}"`,
  ],
  [new RegExp(`([\\w.-]{0,40}${SENSITIVE}s?[\\w-]{0,40}["']?\\s{0,4}[:=]\\s{0,4})'[^']*'?`, 'gi'), `$1'${MASK}'`],
  [
    new RegExp(`([\\w.-]{0,40}${SENSITIVE}s?[\\w-]{0,40}["']?\\s{0,4}[:=]\\s{0,4})[^\\s"',;&)}\\]]+`, 'gi'),
    `$1${MASK}`,
  ],
  [new RegExp(`(--?[\\w-]{0,30}${SENSITIVE}[\\w-]{0,30}\\s{1,4})[^\\s-]\\S*`, 'gi'), `$1${MASK}`],
  [/\b(bearer|basic)(\s{1,4})(?=[^\s]{0,200}[\d=+/._-])[A-Za-z0-9._~+/-]{8,}=*/gi, `$1$2${MASK}`],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?/g, MASK],
  [/\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{16}\b/g, MASK],
  [
    /\b(?:gh[pousr]_|github_pat_|glpat-|gldt-|xox[abeoprs]-|npm_|hvs\.|dop_v1_|sk_live_|rk_live_|AIza)[A-Za-z0-9_-]{10,}/g,
    MASK,
  ],
];

/**
 * An error text without what looks like a credential: userinfo in URLs, bearer and basic tokens, authorization headers,
 * private keys in PEM, keys of well-known shapes, `password=…`-like pairs. Idempotent; cut at {@link MAX_TEXT}.
 */
export function maskText(text: string): string {
  let masked = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const before = masked;
    for (const [pattern, replacement] of RULES) masked = masked.replace(pattern, replacement);
    if (masked === before) break;
  }
  return masked;
}

/**
 * {@link maskText}, and without any of the given texts (see secretTexts of mask.ts), in whatever spelling a program prints
 * what it was given: plain, quoted, quoted again, URL-encoded, base64 and hex.
 */
export function maskKnown(text: string, secrets: readonly string[]): string {
  // No spelling is shorter than the text itself.
  const spellings = new Set(secrets.filter(({ length }) => length <= text.length).flatMap(spellingsOf));
  let masked = text;
  for (const spelling of [...spellings].sort((a, b) => b.length - a.length))
    if (spelling !== '') masked = masked.replaceAll(spelling, MASK);
  return maskText(masked);
}

function spellingsOf(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const quoted = inQuotes(text);
  return [
    text,
    quoted,
    inQuotes(quoted),
    // Lone surrogates cannot be encoded, and nobody prints them.
    encodeURIComponent(text.toWellFormed()),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  ];
}

const inQuotes = (text: string): string => JSON.stringify(text).slice(1, -1);
