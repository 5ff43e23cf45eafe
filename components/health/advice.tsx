import type { DiagnosisView } from '#lib/contracts/common.ts';
import { cn } from '#components/ui/class-names.ts';

/** What a cause means and the one thing to do about it; nothing where no known cause was found. */
export function Advice({ diagnosis, className }: { diagnosis: DiagnosisView; className?: string }) {
  if (diagnosis === null) return null;
  return (
    <p className={cn('text-xs text-mute', className)}>
      {diagnosis.words} <span className="text-text">{diagnosis.action}</span>
    </p>
  );
}

/** The same as a tip over a cause that is cut short. */
export function adviceTip(cause: string, diagnosis: DiagnosisView): string {
  return diagnosis === null ? cause : `${cause}\n${diagnosis.words} ${diagnosis.action}`;
}
