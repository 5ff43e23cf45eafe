import type { JsonValue } from '../resource/manifest.ts';
import { sameQuantity } from '../resource/quantity.ts';
import type { FieldSchema } from './field-schema.ts';
import type { PathStep } from './paths.ts';

/** Members whose values are quantities in every kind, schema or not. */
const QUANTITY_MAPS = new Set([
  'limits',
  'requests',
  'capacity',
  'hard',
  'defaultRequest',
  'default',
  'max',
  'min',
  'podFixed',
  'allocatedResources',
]);
const QUANTITY_FIELDS = new Set(['storage', 'sizeLimit', 'divisor']);
const DURATION_FIELDS = new Set(['duration', 'renewBefore', 'interval', 'timeout', 'retryInterval']);
const UNIT_NANOSECONDS: Record<string, number> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** How two scalars relate: `equal` by the field's meaning, `different`, or `perhaps` equal where no schema tells the meaning. */
export type ScalarVerdict = 'equal' | 'different' | 'perhaps';

export function compareScalars(
  desired: JsonValue,
  live: JsonValue,
  where: { schema: FieldSchema | undefined; steps: readonly PathStep[] },
): ScalarVerdict {
  if (desired === live) return 'equal';
  const { schema, steps } = where;
  if (schema?.quantity === true || isQuantityPlace(steps)) return sameQuantity(desired, live) ? 'equal' : 'different';
  if (typeof desired !== typeof live) {
    if (JSON.stringify(desired).replaceAll('"', '') !== JSON.stringify(live).replaceAll('"', '')) return 'different';
    if (schema === undefined) return 'perhaps';
    return schema.intOrString ? 'equal' : 'different';
  }
  if (typeof desired !== 'string' || typeof live !== 'string') return 'different';
  if (schema?.time === true) return sameTime(desired, live) ? 'equal' : 'different';
  if (schema?.bytes === true) return desired.replace(/\s/g, '') === live.replace(/\s/g, '') ? 'equal' : 'different';
  if (schema?.duration === true || isDurationPlace(steps)) return sameDuration(desired, live) ? 'equal' : 'different';
  return 'different';
}

/** Nanoseconds of a Go duration (`1h30m`, `90s`, `1.5h`); null when the text is none. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  const match = /^([+-]?)((?:\d{1,18}(?:\.\d{0,9})?(?:ns|us|µs|ms|s|m|h)){1,8})$/.exec(text);
  if (match === null) return null;
  let total = 0;
  for (const [, amount, unit = ''] of (match[2] ?? '').matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (UNIT_NANOSECONDS[unit] ?? 0);
  }
  return match[1] === '-' ? -total : total;
}

function sameDuration(a: string, b: string): boolean {
  const left = parseDuration(a);
  return left !== null && left === parseDuration(b);
}

function sameTime(a: string, b: string): boolean {
  return Date.parse(a) === Date.parse(b);
}

function isQuantityPlace(steps: readonly PathStep[]): boolean {
  const own = steps.at(-1);
  const parent = steps.at(-2);
  if (own === undefined || !('field' in own)) return false;
  if (parent !== undefined && 'field' in parent && QUANTITY_MAPS.has(parent.field)) return true;
  return QUANTITY_FIELDS.has(own.field);
}

function isDurationPlace(steps: readonly PathStep[]): boolean {
  const own = steps.at(-1);
  return own !== undefined && 'field' in own && DURATION_FIELDS.has(own.field);
}
