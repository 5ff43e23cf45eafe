import { Badge } from '#components/ui/badge.tsx';
import type { Look } from './states.ts';

/** A state as icon, word and colour; `stale` greys what is only the last known state. */
export function StateBadge({
  look,
  bare = false,
  stale = false,
  children,
}: {
  look: Look;
  bare?: boolean;
  stale?: boolean;
  children?: string;
}) {
  return (
    <Badge tone={stale ? 'grey' : look.tone} icon={look.icon} bare={bare}>
      {children ?? look.word}
    </Badge>
  );
}
