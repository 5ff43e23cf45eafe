import { maskKnown } from '#lib/domain/diff/mask-text.ts';

const MAX_WORDS = 1200;
/** Longer texts are cut before they are masked, so an unclosed dump counts as a dump to the end. */
const MAX_INPUT = 8 * 1024;

/**
 * A tool's own words, fit for a page: temporary folders become repository paths; dumps of objects, long opaque
 * strings, userinfo and `hidden` values are masked, because an error about a Secret may quote it.
 */
export function boundedWords(text: string, folders: Record<string, string>, hidden: readonly string[] = []): string {
  let clean = (hidden.length === 0 ? text : maskKnown(text, hidden)).slice(0, MAX_INPUT);
  for (const [folder, name] of Object.entries(folders)) {
    clean = clean.replaceAll(`${folder}/`, name === '' ? '' : `${name}/`).replaceAll(folder, name === '' ? '.' : name);
  }
  clean = clean
    .replace(/\bmap\[.*\]/gs, 'map[…]')
    .replace(/\bmap\[(?!…\]).*$/gs, 'map[…]')
    .replace(/\{\s*"[\s\S]*\}/g, '{…}')
    .replace(/\{\s*"[\s\S]*$/g, '{…}')
    .replace(/`[^`]*(`|$)/g, '`…`')
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/\s@'"]*@/gi, '$1')
    .replace(
      /\b(data|stringData|password|token|secret|key)(["']?\s*[:=]\s*)(?!\s)("[^"]*"|'[^']*'|[^\s,;]+)/gi,
      '$1$2…',
    )
    .replace(/[A-Za-z0-9+_=]{32,}/g, '…')
    // oxlint-disable-next-line no-control-regex -- terminal escapes must not reach a page or a log
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .trim();
  return clean.length > MAX_WORDS ? `${clean.slice(0, MAX_WORDS)}…` : clean;
}
