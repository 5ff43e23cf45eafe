import { canonicalJson } from '../resource/canonical.ts';
import { isObject, mapMembers, omit } from '../resource/json.ts';
import { type JsonObject, type JsonValue, type Manifest, parseApiVersion } from '../resource/manifest.ts';
import { trackedApplication, TRACKING_ANNOTATION } from '../resource/tracking.ts';

/** `kubectl apply` keeps a full copy of the object here, Secrets included. */
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** Keyed hash (HMAC) of a text as hex, at least 12 digits. The key is the installation's, so tokens of two installations do not compare. */
export type KeyedHash = (value: string) => string;

export const MASK = '••••••';
const TOKEN = /^••••••#[0-9a-f]{12}$/;
/** Annotations known to hold a copy, or a compressed copy, of the object. */
const COPIES =
  /(last-applied|applied-configuration|^objectset\.rio\.cattle\.io\/|^kapp\.k14s\.io\/original|previous-|original-|\/original$|backup)/i;
/** Shorter values occur everywhere by chance, so they are not looked for in annotations and labels. */
const MIN_SEARCHED = 5;

/**
 * The one choke point between what a cluster or a renderer gives and what is stored, logged, compared or sent.
 * Secrets: each value of `data` becomes `••••••#<12 hex digits of its keyed hash>`, so equal values show equal tokens
 * and a change is visible without being readable; `stringData` is folded into `data` first; fields a Secret does not have are dropped;
 * annotations and labels that repeat a value (or one of `known`, such as the other side's), or look like a copy of the
 * object, become tokens.
 * Every kind: the last-applied copy and `managedFields` are removed. Lists are masked item by item. Idempotent.
 */
export function maskManifest(manifest: Manifest, keyedHash: KeyedHash, known: readonly string[] = []): Manifest {
  const { managedFields: _dropped, ...metadata } = manifest.metadata ?? {};
  const masked: Manifest = { ...manifest, metadata: { ...metadata, name: metadata.name } };
  if (metadata.annotations !== undefined && metadata.annotations !== null) {
    masked.metadata.annotations = withoutLastApplied(metadata.annotations);
  }
  if (isSecret(manifest)) return maskSecret(masked, keyedHash, known);
  const items = manifest['items'];
  if (!manifest.kind.endsWith('List') || !Array.isArray(items)) return masked;
  const kind = manifest.kind === 'SecretList' ? { apiVersion: 'v1', kind: 'Secret' } : {};
  return { ...masked, items: items.map((item) => maskItem(item, kind, keyedHash)) };
}

/** True for the core kind Secret; custom resources that refer to secrets hold none by themselves. */
export function isSecret(manifest: { apiVersion: string; kind: string }): boolean {
  return manifest.kind === 'Secret' && parseApiVersion(manifest.apiVersion).group === '';
}

/** The token of a plain value, as it appears in a masked manifest. */
export function maskToken(plain: string, keyedHash: KeyedHash): string {
  return tokenOf(encode(plain), keyedHash);
}

export function isMaskToken(value: unknown): boolean {
  return typeof value === 'string' && TOKEN.test(value);
}

/**
 * Every text of a Secret that must not leave: its values plain and in base64. For redacting what a server or a tool says about it.
 * Not masked: keep in memory only.
 */
export function secretTexts(manifest: Manifest): string[] {
  if (!isSecret(manifest)) return [];
  const texts = new Set<string>();
  for (const base64 of Object.values(foldData(manifest))) {
    if (isMaskToken(base64)) continue;
    texts.add(base64);
    const plain = decode(base64);
    if (plain !== null) for (const text of [plain, plain.trim(), ...plain.split(/\r?\n/)]) texts.add(text);
  }
  const { apiVersion: _version, kind: _kind, metadata: _metadata, type: _type, ...rest } = manifest;
  for (const text of leavesOf(rest)) texts.add(text);
  return [...texts].filter((text) => text.length >= MIN_SEARCHED).sort((a, b) => b.length - a.length);
}

/** Texts of anything nested: what a Secret may not hold is refused, with words about it. */
function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (isObject(value)) return Object.values(value).flatMap(leavesOf);
  return typeof value === 'string' && !isMaskToken(value) ? [value] : typeof value === 'number' ? [String(value)] : [];
}

function maskItem(item: unknown, kind: { kind?: string }, keyedHash: KeyedHash): unknown {
  if (!isObject(item)) return MASK;
  const { apiVersion, kind: itemKind } = item;
  const metadata = isObject(item['metadata']) ? item['metadata'] : {};
  return maskManifest(
    {
      ...item,
      apiVersion: typeof apiVersion === 'string' ? apiVersion : 'v1',
      ...(typeof itemKind === 'string' ? { kind: itemKind } : { kind: kind.kind ?? '' }),
      metadata: { ...metadata, name: typeof metadata['name'] === 'string' ? metadata['name'] : '' },
    },
    keyedHash,
  );
}

function maskSecret(manifest: Manifest, keyedHash: KeyedHash, known: readonly string[]): Manifest {
  const data = foldData(manifest);
  const searched = [...secretTexts(manifest), ...known];
  const isCopy = (text: string): boolean => /^\s*[[{]/.test(text) || searched.some((secret) => text.includes(secret));
  const maskTexts = (texts: Record<string, string>): Record<string, string> =>
    mapMembers(texts, (text, key) => {
      if (typeof text !== 'string' || isMaskToken(text)) return text;
      if (key === TRACKING_ANNOTATION && trackedApplication(manifest) !== null) return text;
      return COPIES.test(key) || isCopy(text) ? maskToken(text, keyedHash) : text;
    });
  const { annotations, labels, ...metadata } = manifest.metadata;
  const masked: Manifest = {
    apiVersion: manifest.apiVersion,
    kind: manifest.kind,
    metadata: {
      ...metadata,
      ...(isObject(labels) ? { labels: maskTexts(labels) } : {}),
      ...(isObject(annotations) ? { annotations: maskTexts(annotations) } : {}),
    },
  };
  if (manifest['type'] !== undefined) masked['type'] = manifest['type'];
  if (manifest['immutable'] !== undefined) masked['immutable'] = manifest['immutable'];
  if (Object.keys(data).length > 0)
    masked['data'] = mapMembers(data, (base64) => (isMaskToken(base64) ? base64 : tokenOf(base64, keyedHash)));
  return masked;
}

/** `data` with `stringData` over it, every value in the one base64 form its bytes have; null values are absent, as for the server. */
function foldData(manifest: Manifest): Record<string, string> {
  const data: [string, string][] = [];
  for (const [key, value] of members(manifest['data'])) {
    if (value === null) continue;
    data.push([key, typeof value === 'string' ? canonicalBase64(value) : encode(canonicalJson(value))]);
  }
  for (const [key, value] of members(manifest['stringData'])) {
    if (value !== null) data.push([key, encode(typeof value === 'string' ? value : canonicalJson(value))]);
  }
  return Object.fromEntries(data);
}

function members(value: unknown): [string, JsonValue][] {
  if (isObject(value)) return Object.entries(value);
  return value === undefined || value === null ? [] : [['(not an object)', canonicalJson(value)]];
}

function tokenOf(base64: string, keyedHash: KeyedHash): string {
  return `${MASK}#${keyedHash(base64).slice(0, 12)}`;
}

function canonicalBase64(value: string): string {
  if (isMaskToken(value)) return value;
  try {
    return btoa(atob(value));
  } catch {
    return value;
  }
}

function encode(plain: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(plain)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function decode(base64: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  } catch {
    return base64;
  }
}

function withoutLastApplied(annotations: Record<string, string>): Record<string, string> {
  if (!Object.hasOwn(annotations, LAST_APPLIED_ANNOTATION)) return annotations;
  const rest: JsonObject = omit(annotations, [LAST_APPLIED_ANNOTATION]);
  return Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
