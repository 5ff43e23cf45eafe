const SHAPE = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Record<string, bigint> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };
const NANO = 9;

/**
 * A Kubernetes quantity in billionths of its unit, exactly: `1` → 10⁹, `500m` → 5·10⁸, `1Gi` → 2³⁰·10⁹.
 * Finer than a billionth is rounded away from zero, as the API server does. Null when the text is no quantity.
 */
export function parseQuantity(value: string | number): bigint | null {
  const match = SHAPE.exec(typeof value === 'number' ? String(value) : value);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', suffix, exponent] = match;
  if (whole === '' && fraction === '') return null;
  const digits = BigInt(`${whole}${fraction}`);
  const binary = suffix === undefined ? undefined : BINARY[suffix];
  const power = (suffix === undefined ? Number(exponent ?? 0) : (DECIMAL[suffix] ?? 0)) - fraction.length + NANO;
  const scaled = scale(binary === undefined ? digits : digits << binary, power);
  return sign === '-' ? -scaled : scaled;
}

/** -1, 0 or 1 by value; null when either is no quantity. */
export function compareQuantities(a: string | number, b: string | number): -1 | 0 | 1 | null {
  const left = parseQuantity(a);
  const right = parseQuantity(b);
  if (left === null || right === null) return null;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** True when both are quantities of the same value: `1` and `1000m`, `1Gi` and `1073741824`, `0.5` and `500m`. */
export function sameQuantity(a: unknown, b: unknown): boolean {
  if (!isScalar(a) || !isScalar(b)) return false;
  return compareQuantities(a, b) === 0;
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function scale(digits: bigint, power: number): bigint {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  const quotient = digits / divisor;
  return quotient * divisor === digits ? quotient : quotient + 1n;
}
