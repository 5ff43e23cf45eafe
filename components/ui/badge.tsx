import { CircleAlert, CircleCheck, CircleDot, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';
import { type Tone, TONE_SOFT, TONE_TEXT } from './tone.ts';

/** What a state that brings no icon of its own wears: colour never speaks alone. */
const ICONS: Readonly<Record<Tone, LucideIcon>> = {
  ok: CircleCheck,
  bad: CircleAlert,
  blue: CircleDot,
  amber: TriangleAlert,
  violet: CircleDot,
  grey: CircleDot,
};

interface BadgeProps {
  tone: Tone;
  icon?: LucideIcon;
  children: ReactNode;
  /** Without the pill: icon and word only, for dense tables. */
  bare?: boolean;
  className?: string;
}

/** A state: icon, word and colour together. */
export function Badge({ tone, icon: Icon = ICONS[tone], children, bare = false, className }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1 text-xs font-semibold whitespace-nowrap',
        bare ? TONE_TEXT[tone] : ['rounded-full px-2 py-0.5', TONE_SOFT[tone]],
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
      {children}
    </span>
  );
}
