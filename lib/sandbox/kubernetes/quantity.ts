import { parseQuantity } from '#lib/domain/resource/quantity.ts';

const NANO = 1_000_000_000n;
const DECIMAL: [string, bigint][] = [
  ['E', 10n ** 18n * NANO],
  ['P', 10n ** 15n * NANO],
  ['T', 10n ** 12n * NANO],
  ['G', 10n ** 9n * NANO],
  ['M', 10n ** 6n * NANO],
  ['k', 10n ** 3n * NANO],
  ['', NANO],
  ['m', NANO / 1000n],
  ['u', NANO / 1_000_000n],
  ['n', 1n],
];
const BINARY: [string, bigint][] = [
  ['Ei', 2n ** 60n * NANO],
  ['Pi', 2n ** 50n * NANO],
  ['Ti', 2n ** 40n * NANO],
  ['Gi', 2n ** 30n * NANO],
  ['Mi', 2n ** 20n * NANO],
  ['Ki', 2n ** 10n * NANO],
  ['', NANO],
];

const known = new Map<string, string>();

/** The canonical text of an amount (`0.5` → `500m`, `1024Mi` → `1Gi`); undefined when it is none. */
export function canonicalQuantity(value: string | number): string | undefined {
  const text = String(value);
  const cached = known.get(text);
  if (cached !== undefined) return cached;
  const canonical = compute(text);
  if (canonical !== undefined && known.size < 10_000) known.set(text, canonical);
  return canonical;
}

function compute(text: string): string | undefined {
  const nanos = parseQuantity(text);
  if (nanos === null) return undefined;
  if (nanos === 0n) return '0';
  const exponent = /[eE][+-]?\d+$/.exec(text);
  const units = text.endsWith('i') && nanos % NANO === 0n ? BINARY : DECIMAL;
  for (const [suffix, size] of units) {
    if (nanos % size !== 0n) continue;
    const digits = String(nanos / size);
    if (!exponent || suffix === '') return `${digits}${suffix}`;
    return `${digits}e${Math.round(Math.log10(Number(size) / Number(NANO)))}`;
  }
  return text;
}
