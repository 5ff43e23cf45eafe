import {
  constructFromEvents,
  defineScalarTag,
  EVENT_ALIAS,
  EVENT_DOCUMENT,
  type Event,
  FAILSAFE_SCHEMA,
  mergeTag,
  NOT_RESOLVED,
  parseEvents,
  YAMLException,
} from 'js-yaml';

import { RenderError } from '#lib/ports/renderer.ts';

/** One document of a stream, as Kubernetes reads it. */
export interface YamlDocument {
  value: unknown;
  file: string;
  /** Line of the document's content, from 1. */
  line: number;
}

const MAX_DEPTH = 500;
const MAX_ALIASES = 1000;
/** Values after every alias is written out. */
const MAX_EXPANDED = 200_000;

const PREFIX = 'tag:yaml.org,2002:';
const SIGNED_DIGITS = '+-.0123456789'.split('');
const INTEGER = /^[-+]?(?:0[bB][01]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+|[0-9]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const TRUE = new Set('y,Y,yes,Yes,YES,true,True,TRUE,on,On,ON'.split(','));
const FALSE = new Set('n,N,no,No,NO,false,False,FALSE,off,Off,OFF'.split(','));
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);

/**
 * The scalars of YAML 1.1 as Kubernetes' Go library resolves them: `yes`, `on` and `y` are booleans and `0644` is
 * octal, but `12:30` and dates stay text.
 */
const SCHEMA = FAILSAFE_SCHEMA.withTags(
  scalar('null', ['', '~', 'n', 'N'], (text) => (NULL.has(text) ? null : NOT_RESOLVED)),
  scalar('bool', 'yYnNtTfFoO'.split(''), (text) => (TRUE.has(text) ? true : FALSE.has(text) ? false : NOT_RESOLVED)),
  scalar('int', SIGNED_DIGITS, (text) => {
    const plain = withoutUnderscores(text);
    return INTEGER.test(plain) ? integerOf(plain) : NOT_RESOLVED;
  }),
  scalar('float', SIGNED_DIGITS, (text) => {
    const plain = withoutUnderscores(text);
    const value = FLOAT.test(plain) ? Number(plain) : Number.NaN;
    return Number.isFinite(value) ? value + 0 : NOT_RESOLVED;
  }),
  scalar('binary', null, (text) => Buffer.from(text, 'base64').toString('utf8')),
  scalar('timestamp', null, (text) => text),
  mergeTag,
);

/** `first` null = only by its written tag. */
function scalar(
  name: string,
  first: string[] | null,
  resolve: (text: string) => unknown,
): ReturnType<typeof defineScalarTag> {
  const implicit = first !== null;
  return defineScalarTag(`${PREFIX}${name}`, { implicit, implicitFirstChars: first, resolve, identify: () => false });
}

function withoutUnderscores(text: string): string {
  return text.startsWith('.') ? text.replace(/(?<=[0-9])_(?=[0-9])/g, '') : text.replaceAll('_', '');
}

/** Go reads with base 0: `0644` and `0o644` are octal, `0x` hexadecimal, `0b` binary. */
function integerOf(plain: string): number {
  const digits = plain.replace(/^[-+]/, '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return plain.startsWith('-') && value !== 0 ? -value : value;
}

/** Parses a stream of documents (JSON is YAML). Throws RenderError 'invalid-yaml' with file and line. */
export function parseKubernetesYaml(text: string, file: string): { documents: YamlDocument[]; warnings: string[] } {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const { values: shared, warnings } = construct(text, events, file);
    const values = events.some(({ type }) => type === EVENT_ALIAS) ? expand(shared, file) : shared;
    const lines = linesOf(text, events);
    return { documents: values.map((value, index) => ({ value, file, line: lines[index] ?? 1 })), warnings };
  } catch (error) {
    if (error instanceof RenderError) throw error;
    if (error instanceof YAMLException) throw invalid(file, (error.mark?.line ?? 0) + 1, error.reason);
    throw invalid(file, 1, error instanceof RangeError ? 'it is nested too deeply' : 'it cannot be read as YAML');
  }
}

/** Of two equal keys the last one counts, as Kubernetes has it; but somebody should hear of it. */
function construct(text: string, events: Event[], file: string): { values: unknown[]; warnings: string[] } {
  const options = { source: text, schema: SCHEMA, maxAliases: MAX_ALIASES };
  try {
    return { values: constructFromEvents(events, options), warnings: [] };
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') throw error;
    const values = constructFromEvents(events, { ...options, json: true });
    const line = (error.mark?.line ?? 0) + 1;
    return { values, warnings: [`${file}:${line}: a key is given twice; the last one counts.`] };
  }
}

/** Aliases share what they name; written out, a few lines can become billions of values, or a circle. */
function expand(values: unknown[], file: string): unknown[] {
  const sizes = new Map<object, number>();
  const measure = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Number.POSITIVE_INFINITY);
    const size = Object.values(value).reduce((sum: number, item) => sum + measure(item), 1);
    sizes.set(value, size);
    return size;
  };
  const total = values.reduce((sum: number, value) => sum + measure(value), 0);
  if (total > MAX_EXPANDED) throw invalid(file, 1, 'its aliases expand to too many values or to a circle');
  return values.map((value) => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown)));
}

/** Line of the first content of each document. */
function linesOf(text: string, events: Event[]): number[] {
  const lines: number[] = [];
  let line = 1;
  let at = 0;
  let isOpen = false;
  for (const event of events) {
    if (event.type === EVENT_DOCUMENT) isOpen = true;
    else if (isOpen) {
      const start = 'valueStart' in event ? event.valueStart : 'start' in event ? event.start : at;
      for (let next = text.indexOf('\n', at); next >= 0 && next < start; next = text.indexOf('\n', at)) {
        line += 1;
        at = next + 1;
      }
      lines.push(line);
      isOpen = false;
    }
  }
  return lines;
}

/** The parser quotes what it stumbled over, and that may be a password: only its sentence is kept. */
function invalid(file: string, line: number, words: string): RenderError {
  const sentence = (words.split(/: |\n/)[0] ?? '').replace(/"[^"]*"|<[^>]*>|'[^']*'/g, '…');
  return new RenderError('invalid-yaml', `${file}:${line}: ${sentence}`, { file });
}
