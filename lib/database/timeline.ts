import type { Reader } from './reader.ts';

export interface NewTimelineEntry {
  applicationId: string;
  kind: 'health' | 'sync' | 'render' | 'error';
  /** Masked. */
  summary: string;
  detail?: { [field: string]: string | number | null };
  at: Date;
}

/** Appends what happened to applications. */
export async function addTimelineEntries(tx: Reader, entries: NewTimelineEntry[]): Promise<void> {
  if (entries.length > 0) await tx.timelineEntry.createMany({ data: entries });
}
