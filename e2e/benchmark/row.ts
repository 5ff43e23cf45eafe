/** One line of the table. */
export interface Row {
  measure: string;
  /** Median of the samples, or the one value there is. */
  value: number;
  p95: number | null;
  unit: string;
  /** Samples behind the value. */
  count: number;
  note: string;
}

/** `share` = 0.5 for the median; samples need no order. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Median and p95 of the samples as a row. */
export function rowOf(
  measure: string,
  samples: readonly number[],
  { unit, note = '' }: { unit: string; note?: string },
): Row {
  const p95 = samples.length > 1 ? percentile(samples, 0.95) : null;
  return { measure, value: percentile(samples, 0.5), p95, unit, count: samples.length, note };
}

/** Milliseconds the work takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
