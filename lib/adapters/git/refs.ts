import semver from 'semver';

import { bestTag, parseTargetRevision } from '#lib/domain/revision/target.ts';
import { type RefHead, type RepositoryEndpoint, SourceError } from '#lib/ports/source.ts';

import { askMirror, type GitContext, type Mirror, mirrorOf, readMirror } from './mirror.ts';

export const SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const SHORT_SHA = /^[0-9a-f]{7,63}$/;
/** What git itself forbids in a ref name, plus a leading dash. */
// oxlint-disable-next-line no-control-regex -- git forbids control characters in ref names
const BAD_REF = /^-|\.\.|@\{|\/\/|\.lock(\/|$)|(^|\/)\.|[\u0000-\u0020\u007F~^:?*[\\]|\/$|\.$|^@$|^$/;

export interface RemoteRefs {
  /** Branch name HEAD points to; '' for a repository without commits. */
  defaultBranch: string;
  /** ref → object id as advertised (annotated tags not peeled). */
  refs: Map<string, string>;
}

/** Reads `git ls-remote --symref <url> HEAD refs/heads/* refs/tags/*`. */
export function parseRemoteRefs(stdout: string): RemoteRefs {
  const refs = new Map<string, string>();
  let head: string | null = null;
  let headSha: string | null = null;
  for (const line of stdout.split('\n')) {
    const [left, ref] = line.split('\t');
    if (left === undefined || ref === undefined) continue;
    if (left.startsWith('ref: ')) {
      if (ref === 'HEAD') head = left.slice(5).replace(/^refs\/heads\//, '');
    } else if (ref === 'HEAD') headSha = left;
    else if (!ref.endsWith('^{}') && /^refs\/(heads|tags)\//.test(ref)) refs.set(ref, left);
  }
  return { defaultBranch: chooseDefault(head, headSha, refs), refs };
}

/** A detached or dangling HEAD names no branch: then the branch at HEAD's commit, main, master, or the first. */
function chooseDefault(head: string | null, headSha: string | null, refs: Map<string, string>): string {
  if (head !== null && refs.has(`refs/heads/${head}`)) return head;
  const branches = [...refs].filter(([ref]) => ref.startsWith('refs/heads/'));
  const names = branches.map(([ref]) => ref.slice('refs/heads/'.length));
  const same = branches.find(([, sha]) => sha === headSha)?.[0].slice('refs/heads/'.length);
  return same ?? ['main', 'master'].find((name) => names.includes(name)) ?? names[0] ?? '';
}

/** Branches and tags of the mirror: as stored (for comparison with the remote) and peeled to commits. */
export async function listRefs(
  context: GitContext,
  mirror: Mirror,
  patterns: string[] = ['refs/heads/', 'refs/tags/'],
): Promise<{ stored: Map<string, string>; heads: RefHead[] }> {
  const format = '%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)';
  const stdout = await readMirror(context, mirror, {
    args: ['for-each-ref', `--format=${format}`, ...patterns],
    what: 'Listing the refs',
  });
  const stored = new Map<string, string>();
  const heads: RefHead[] = [];
  for (const line of stdout.split('\n')) {
    const [type, sha = '', peeledType, peeledSha = '', ...rest] = line.split(' ');
    const ref = rest.join(' ');
    if (ref === '') continue;
    stored.set(ref, sha);
    if (type === 'commit') heads.push({ ref, sha });
    else if (peeledType === 'commit') heads.push({ ref, sha: peeledSha });
    else if (peeledType === 'tag') {
      const commit = await commitOf(context, mirror, ref);
      if (commit !== null) heads.push({ ref, sha: commit });
    }
  }
  return { stored, heads };
}

/** Branch, then tag, full ref, SHA (full or at least 7 digits), then a semver range over the tags, or those of one prefix. */
export async function resolveRevision(
  context: GitContext,
  endpoint: RepositoryEndpoint,
  targetRevision: string,
): Promise<{ sha: string; ref: string | null }> {
  const mirror = mirrorOf(context, endpoint);
  const target = targetRevision.trim() === '' ? 'HEAD' : targetRevision.trim();
  if (target === 'HEAD') return resolveHead(context, mirror);
  if (SHA.test(target)) {
    const commit = await commitOf(context, mirror, target);
    if (commit !== null) return { sha: commit, ref: null };
    throw notFound(target, 'no such commit has been fetched');
  }
  const exact = BAD_REF.test(target) ? [] : await exactRefs(context, mirror, target);
  const [first] = exact;
  if (first !== undefined) return first;
  if (SHORT_SHA.test(target)) {
    const commit = await commitOf(context, mirror, target);
    if (commit !== null) return { sha: commit, ref: null };
  }
  const parsed = parseTargetRevision(target);
  if (parsed.kind === 'range') return highestTag(context, mirror, { target, ...parsed });
  if (semver.validRange(target) !== null) return highestTag(context, mirror, { target, prefix: '', range: target });
  throw notFound(target, 'no branch, tag or commit has that name');
}

async function resolveHead(context: GitContext, mirror: Mirror): Promise<{ sha: string; ref: string | null }> {
  const name = await askMirror(context, mirror, { args: ['symbolic-ref', '--quiet', 'HEAD'] });
  const ref = name.stdout.trim();
  const commit = ref === '' ? null : await commitOf(context, mirror, ref);
  if (commit === null) throw notFound('HEAD', 'the repository has no commits');
  return { sha: commit, ref };
}

async function exactRefs(context: GitContext, mirror: Mirror, target: string): Promise<RefHead[]> {
  const wanted = target.startsWith('refs/') ? [target] : [`refs/heads/${target}`, `refs/tags/${target}`];
  const allowed = wanted.filter((ref) => /^refs\/(heads|tags)\//.test(ref));
  if (allowed.length === 0) return [];
  const { heads } = await listRefs(context, mirror, allowed);
  return allowed.flatMap((ref) => heads.filter((head) => head.ref === ref));
}

async function highestTag(
  context: GitContext,
  mirror: Mirror,
  { target, prefix, range }: { target: string; prefix: string; range: string },
): Promise<RefHead> {
  const { heads } = await listRefs(context, mirror, ['refs/tags/']);
  const tags = new Map(heads.map((head) => [head.ref.slice('refs/tags/'.length), head]));
  const best = tags.get(bestTag([...tags.keys()], { prefix, range }) ?? '');
  const those = prefix === '' ? 'no tag' : `no tag that begins with "${prefix}"`;
  if (best === undefined) throw notFound(target, `${those} is a version in that range`);
  return best;
}

/** The commit an expression names, or null. The expression is a ref or hex digits, never free text. */
export async function commitOf(context: GitContext, mirror: Mirror, expression: string): Promise<string | null> {
  const output = await askMirror(context, mirror, {
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${expression}^{commit}`],
  });
  const sha = output.stdout.trim().split('\n').at(-1) ?? '';
  return output.exitCode === 0 && SHA.test(sha) ? sha : null;
}

/** Throws SourceError 'not-found' unless the mirror has the commit; asking first keeps an unknown SHA from looking like damage. */
export async function mustHave(context: GitContext, mirror: Mirror, sha: string): Promise<void> {
  if ((await commitOf(context, mirror, sha)) !== null) return;
  throw new SourceError('not-found', `The commit ${sha.slice(0, 12)} is not in the repository (any more).`);
}

/** Throws SourceError 'unsafe' for a name git would not take as a branch. */
export function checkBranch(branch: string): string {
  if (BAD_REF.test(branch)) throw new SourceError('unsafe', `"${branch}" is not a valid branch name.`);
  return branch;
}

/** Throws SourceError 'not-found' for anything but a full commit SHA. */
export function checkSha(sha: string): string {
  if (!SHA.test(sha)) throw new SourceError('not-found', `"${sha}" is not a full commit SHA.`);
  return sha;
}

function notFound(target: string, why: string): SourceError {
  return new SourceError('not-found', `The target revision "${target}" was not found: ${why}.`);
}
