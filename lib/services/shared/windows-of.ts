import { storedSyncWindows } from '#lib/contracts/projects.ts';
import type { SubjectRow } from '#lib/database/subjects.ts';
import { judgeWindows, type SyncWindow, type WindowVerdict } from '#lib/domain/sync/windows.ts';

/** The sync windows of a project's row. */
export function windowsOf(row: { syncWindows: unknown }): SyncWindow[] {
  return storedSyncWindows.parse(row.syncWindows);
}

/** What the windows of its project say of an application at a moment. */
export function judgeSubject(subject: SubjectRow, now: Date): WindowVerdict {
  return judgeWindows(windowsOf(subject.project), {
    application: subject.name,
    namespace: subject.namespace,
    cluster: subject.cluster.name,
    now: now.getTime(),
  });
}
