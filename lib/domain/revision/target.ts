import semver from 'semver';

/** What a person may write as target revision. `name` is a branch or a tag; only the repository tells which. */
export type TargetRevision =
  | { kind: 'head' }
  | { kind: 'commit'; sha: string }
  | { kind: 'ref'; ref: string }
  | { kind: 'range'; range: string }
  | { kind: 'name'; name: string };

/**
 * Reads a target revision: '' and HEAD → head; 7 to 40 (or 64) hex digits → commit; `refs/…` → ref;
 * `1.x`, `^1.2`, `>=1.2 <2` and the like → range over tags; everything else → branch or tag name.
 * An exact version such as `v1.2.0` is a name: it means that one tag.
 */
export function parseTargetRevision(text: string): TargetRevision {
  const target = text.trim();
  if (target === '' || target === 'HEAD') return { kind: 'head' };
  if (/^([0-9a-f]{7,40}|[0-9a-f]{64})$/i.test(target)) return { kind: 'commit', sha: target.toLowerCase() };
  if (target.startsWith('refs/')) return { kind: 'ref', ref: target };
  if (isRange(target)) return { kind: 'range', range: target };
  return { kind: 'name', name: target };
}

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

/** The tag that satisfies a range best (highest version, prereleases only where the range asks), or null. Tags may carry a leading v. */
export function bestTag(tags: readonly string[], range: string): string | null {
  let best: { tag: string; version: semver.SemVer } | null = null;
  for (const tag of tags) {
    const version = semver.parse(tag);
    if (version === null || !semver.satisfies(version, range)) continue;
    if (best === null || semver.gt(version, best.version)) best = { tag, version };
  }
  return best?.tag ?? null;
}

function isRange(text: string): boolean {
  if (semver.parse(text) !== null) return false;
  if (!/^[v\d^~<>=*xX]/.test(text) || !/[\d*xX]/.test(text)) return false;
  return semver.validRange(text) !== null && (/[\^~<>=*|\s]/.test(text) || /(^|\.)[xX]($|\.)/.test(text));
}
