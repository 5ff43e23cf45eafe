import { JOB_KINDS, type JobKind } from './job-kinds.ts';
import type { Reader } from './reader.ts';

export interface WaitingJobs {
  kind: JobKind;
  /** To be claimed now. */
  due: number;
  /** With a time that is still to come. */
  later: number;
}

/** How many jobs wait, for every kind that this version knows. */
export async function countWaitingJobs(tx: Reader): Promise<WaitingJobs[]> {
  const rows = await tx.$queryRaw<{ name: string; due: number; later: number }[]>`
    SELECT name, count(*) FILTER (WHERE start_after <= now())::int AS due,
      count(*) FILTER (WHERE start_after > now())::int AS later
    FROM pgboss.job WHERE state < 'active' AND NOT blocked AND name LIKE 'quarterdeck-%' GROUP BY name`;
  const found = new Map(rows.map((row) => [row.name.slice('quarterdeck-'.length), row]));
  return JOB_KINDS.map((kind) => ({ kind, due: found.get(kind)?.due ?? 0, later: found.get(kind)?.later ?? 0 }));
}
