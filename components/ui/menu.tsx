'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

const ITEM =
  'flex items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none select-none data-disabled:text-mute data-highlighted:bg-hover cursor-default';

/** A menu under a button. */
export function Menu({
  trigger,
  label,
  children,
  align = 'end',
}: {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
  align?: 'start' | 'end';
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-[70vh] min-w-52 animate-appear overflow-auto rounded-lg border border-line bg-surface p-1 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  children: ReactNode;
  onSelect: () => void;
  icon?: LucideIcon;
  danger?: boolean;
  /** Why it cannot be chosen; shown below it. */
  reason?: string | null | undefined;
}

export function MenuItem({ children, onSelect, icon: Icon, danger = false, reason }: ItemProps) {
  return (
    <DropdownMenu.Item disabled={Boolean(reason)} onSelect={onSelect} className={cn(ITEM, danger && 'text-bad')}>
      {Icon !== undefined && <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />}
      <span>
        {children}
        {reason && <span className="block text-xs text-mute">{reason}</span>}
      </span>
    </DropdownMenu.Item>
  );
}

export function MenuCheck({
  children,
  checked,
  onChange,
}: {
  children: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={cn(ITEM, 'pl-7')}
    >
      <DropdownMenu.ItemIndicator className="absolute left-3">
        <Check aria-hidden className="size-3.5" />
      </DropdownMenu.ItemIndicator>
      {children}
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuChoice({
  value,
  onChange,
  choices,
}: {
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string; icon?: LucideIcon }[];
}) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={cn(ITEM, 'pl-7')}
        >
          <DropdownMenu.ItemIndicator className="absolute left-3">
            <Check aria-hidden className="size-3.5" />
          </DropdownMenu.ItemIndicator>
          {choice.icon !== undefined && <choice.icon aria-hidden className="size-4" strokeWidth={1.75} />}
          {choice.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-mute">{children}</DropdownMenu.Label>;
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
