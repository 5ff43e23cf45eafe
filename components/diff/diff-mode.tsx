'use client';

import { Columns2, Rows3 } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { cn } from '#components/ui/class-names.ts';
import { usePreferences } from '#components/shell/preferences.tsx';

const MODES = ['unified', 'split'] as const;

/** How differences are laid out: the address says so, else what was chosen last. */
export function useDiffMode(): 'unified' | 'split' {
  const { preferences } = usePreferences();
  const [mode] = useQueryState('diff', parseAsStringLiteral(MODES));
  return mode ?? preferences.diff;
}

export function DiffModeSwitch() {
  const { prefer } = usePreferences();
  const [, setMode] = useQueryState('diff', parseAsStringLiteral(MODES));
  const current = useDiffMode();
  return (
    <div
      role="group"
      aria-label="Layout of differences"
      className="inline-flex rounded-[7px] border border-line-strong/70 p-px max-sm:hidden"
    >
      {MODES.map((mode) => {
        const Icon = mode === 'unified' ? Rows3 : Columns2;
        return (
          <button
            key={mode}
            type="button"
            aria-pressed={current === mode}
            onClick={() => {
              prefer({ diff: mode });
              void setMode(mode);
            }}
            className={cn(
              'flex h-[26px] items-center gap-1.5 rounded-md px-2 text-xs',
              current === mode ? 'bg-grey-soft font-semibold' : 'text-mute',
            )}
          >
            <Icon aria-hidden className="size-3.5" />
            {mode === 'unified' ? 'Unified' : 'Split'}
          </button>
        );
      })}
    </div>
  );
}
