import { randomBytes } from 'node:crypto';

/** A value that must be nowhere. `needles` are all spellings it is looked for in. */
export interface Canary {
  name: string;
  value: string;
  needles: { spelling: string; text: string }[];
}

export interface Leak {
  canary: string;
  spelling: string;
  /** What stands around it, the needle itself taken out. */
  around: string;
}

const AROUND = 160;
/** Shorter ones occur by chance. */
const MIN_CORE = 12;

/** A new value around a random core of letters and digits, with `decorate` adding what makes escaping necessary. */
export function newCanary(name: string, decorate: (core: string) => string = (core) => core): Canary {
  const core = `cnry${randomBytes(11).toString('hex')}`;
  return { name, value: decorate(core), needles: needlesOf(core) };
}

/** A value made elsewhere: a token, or a key in PEM, of which every line of the body counts. */
export function canaryOf(name: string, value: string): Canary {
  const cores = value.split(/\r?\n/).filter((line) => line.length >= MIN_CORE && !line.startsWith('-----'));
  if (cores.length === 0) throw new Error(`The canary ${name} is too short to be looked for.`);
  return { name, value, needles: cores.flatMap(needlesOf) };
}

/** Where a text holds a canary in any spelling; empty = nowhere. */
export function findLeaks(text: string, canaries: readonly Canary[]): Leak[] {
  const leaks: Leak[] = [];
  for (const { name, needles } of canaries) {
    for (const { spelling, text: needle } of needles) {
      const at = text.indexOf(needle);
      if (at < 0) continue;
      const around = `${text.slice(Math.max(0, at - AROUND), at)}<${spelling}>${text.slice(at + needle.length, at + needle.length + AROUND)}`;
      leaks.push({ canary: name, spelling, around });
    }
  }
  return leaks;
}

function needlesOf(core: string): Canary['needles'] {
  const hex = Buffer.from(core).toString('hex');
  const spellings: [string, string][] = [
    ['as it is', core],
    ['upper case', core.toUpperCase()],
    ['URL-encoded', encodeURIComponent(core)],
    ['as a JSON string', JSON.stringify(core).slice(1, -1)],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ...base64Inside(core).map((text): [string, string] => ['base64', text]),
    ...base64Inside(core).flatMap((once) => base64Inside(once).map((text): [string, string] => ['base64 twice', text])),
  ];
  const unique = new Map(spellings.toReversed().map(([spelling, text]) => [text, spelling]));
  return [...unique].map(([text, spelling]) => ({ spelling, text }));
}

/** The part of the base64 of any text with `core` in it that depends on `core` alone, for each place it can stand at, in both alphabets. */
function base64Inside(core: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(core)]);
    // Characters that hold bits of what stands before or after are left out.
    const text = bytes.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
