import { RefreshCwOff } from 'lucide-react';
import type { ObjectChange } from '#lib/contracts/applications.ts';
import { Badge } from '#components/ui/badge.tsx';

/** Which fields the cluster will not change in place, and why: the object has to be made anew for them. */
export function NeedsReplace({ fields }: { fields: ObjectChange['needsReplace'] }) {
  if (fields.length === 0) return null;
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 border-t border-line px-3.5 py-2 text-xs">
      <Badge tone="amber" icon={RefreshCwOff}>
        Needs replace
      </Badge>
      <ul aria-label="Fields that cannot change in place" className="min-w-0 flex-1 space-y-0.5">
        {fields.map(({ path, why }) => (
          <li key={path}>
            <code className="break-all">{path}</code> <span className="text-mute">{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
