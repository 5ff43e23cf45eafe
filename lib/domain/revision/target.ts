import semver from 'semver';

/** What a person may write as target revision. `name` is a branch or a tag; only the repository tells which. */
export type TargetRevision =
  | { kind: 'head' }
  | { kind: 'commit'; sha: string }
  | { kind: 'ref'; ref: string }
  | { kind: 'range'; prefix: string; range: string }
  | { kind: 'name'; name: string };

/**
 * Reads a target revision: '' and HEAD → head; 7 to 40 (or 64) hex digits → commit; `refs/…` → ref;
 * `1.x`, `^1.2`, `>=1.2 <2` and the like → range over tags; `web-v^1.2` or `web/~2.0` → range over the tags that
 * begin with `web-` or `web/`; everything else → branch or tag name. An exact version such as `v1.2.0` is a name: it means that one tag.
 */
export function parseTargetRevision(text: string): TargetRevision {
  const target = text.trim();
  if (target === '' || target === 'HEAD') return { kind: 'head' };
  if (/^([0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(target)) return { kind: 'commit', sha: target.toLowerCase() };
  if (target.startsWith('refs/')) return { kind: 'ref', ref: target };
  return readRange(target) ?? { kind: 'name', name: target };
}

/** What the prefix of monorepo tags (`web-`, `apps/web@`) is made of. */
const PREFIX = /^(?!-)[\w.@/-]+$/;

/** The reason a target revision cannot name anything in Git, or null when it may. Keeps options out of command lines. */
export function checkTargetRevision(text: string): string | null {
  const target = text.trim();
  if (target.length > 255) return 'a revision has at most 255 characters';
  if (target.startsWith('-')) return 'a revision cannot begin with "-"';
  if (parseTargetRevision(target).kind === 'range') return null;
  // oxlint-disable-next-line no-control-regex -- Git itself refuses control characters in ref names
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\.lock$|\/$|\.$/.test(target))
    return `"${target}" is not the name of a branch, tag or commit`;
  return null;
}

/**
 * The tag that satisfies a range best (highest version, prereleases only where the range asks), or null. Only tags that
 * begin with the prefix count, '' = all of them; a leading v of the version is no matter.
 */
export function bestTag(tags: readonly string[], { prefix, range }: { prefix: string; range: string }): string | null {
  let best: { tag: string; version: semver.SemVer } | null = null;
  for (const tag of tags) {
    if (!tag.startsWith(prefix)) continue;
    const version = semver.parse(tag.slice(prefix.length).replace(/^v/i, ''));
    if (version === null || !semver.satisfies(version, range)) continue;
    if (best === null || semver.compareBuild(version, best.version) > 0) best = { tag, version };
  }
  return best?.tag ?? null;
}

/** Behind a prefix a range begins with an operator: branches are named `release-1.x`, and none `release-^1`. */
function readRange(text: string): { kind: 'range'; prefix: string; range: string } | null {
  if (isRange(text)) return { kind: 'range', prefix: '', range: text };
  for (const { index } of text.matchAll(/(?<=[\w.])[-/_@]/g)) {
    const prefix = text.slice(0, index + 1);
    const range = text.slice(index + 1).replace(/^v(?=[\^~<>=*])/i, '');
    if (/^[\^~<>=*]/.test(range) && isRange(range))
      return PREFIX.test(prefix) ? { kind: 'range', prefix, range } : null;
  }
  return null;
}

function isRange(text: string): boolean {
  if (semver.parse(text) !== null) return false;
  if (!/^[v\d^~<>=*xX]/.test(text) || !/[\d*xX]/.test(text)) return false;
  return semver.validRange(text) !== null && (/[\^~<>=*|\s]/.test(text) || /(^|\.)[xX]($|\.)/.test(text));
}
