import { LineCounter, parseAllDocuments, type ScalarTag, type TagId, type Tags } from 'yaml';

import { RenderError } from '#lib/ports/renderer.ts';

/** One document of a stream, as Kubernetes reads it. */
export interface YamlDocument {
  value: unknown;
  file: string;
  /** Line of the document's start, from 1. */
  line: number;
}

const MAX_ALIASES = 100;
const PREFIX = 'tag:yaml.org,2002:';

const tag = (name: string, test: RegExp, resolve: ScalarTag['resolve']): ScalarTag => ({
  tag: `${PREFIX}${name}`,
  default: true,
  test,
  resolve,
});

/** Go reads with base 0: `0644` and `0o644` are octal, `0x` hexadecimal, `0b` binary; `_` is skipped. */
function integerOf(text: string): number {
  const plain = text.replaceAll('_', '');
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '');
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8);
  if (/^0[xXoObB]/.test(digits)) return sign * Number(digits);
  return sign * Number.parseInt(digits, 10) + 0;
}

/**
 * The scalars of YAML 1.1 as Kubernetes' Go library resolves them: `yes`, `on` and `y` are booleans and `0644` is
 * octal, but `12:30` and dates stay text.
 */
const SCALARS: Tags = [
  tag('null', /^(?:~|null|Null|NULL)?$/, () => null),
  tag('bool', /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/, () => true),
  tag('bool', /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/, () => false),
  tag(
    'int',
    /^[-+]?(?:0[bB][01_]+|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*|0[0-9]*)$/,
    (text) => integerOf(text) || 0,
  ),
  tag('float', /^[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/, (text) => {
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? value : text;
  }),
  {
    tag: `${PREFIX}binary`,
    default: false,
    resolve: (text: string) => Buffer.from(text, 'base64').toString('utf8'),
  } satisfies ScalarTag,
];

const MERGE: TagId = 'merge';

/** Parses a stream of documents (JSON is YAML). Throws RenderError 'invalid-yaml' with file and line. */
export function parseKubernetesYaml(text: string, file: string): { documents: YamlDocument[]; warnings: string[] } {
  const lines = new LineCounter();
  const warnings: string[] = [];
  try {
    const parsed = parseAllDocuments(text, {
      schema: 'failsafe',
      customTags: (tags) => [...tags, ...SCALARS, MERGE],
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: text.length < 512 * 1024,
    });
    const documents = [...parsed].map((document) => {
      for (const error of document.errors) {
        const { line } = lines.linePos(error.pos[0]);
        if (error.code === 'DUPLICATE_KEY')
          warnings.push(`${file}:${line}: a key is given twice; the last one counts.`);
        else throw invalid(file, line, error.message);
      }
      const line = lines.linePos(document.contents?.range?.[0] ?? document.range[0]).line;
      return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, file, line };
    });
    return { documents, warnings };
  } catch (error) {
    if (error instanceof RenderError) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw invalid(file, 1, error instanceof RangeError ? 'it is nested too deeply' : words);
  }
}

/** The parser quotes what it stumbled over after a colon, and that may be a password: only its sentence is kept. */
function invalid(file: string, line: number, words: string): RenderError {
  const sentence = words.split(/: |\n/)[0] ?? '';
  return new RenderError('invalid-yaml', `${file}:${line}: ${sentence}`, { file });
}
