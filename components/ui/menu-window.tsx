'use client';

import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from './class-names.ts';
import { type CheckProps, type ChoiceProps, type ItemProps, type MenuParts, MenuPartsContext } from './menu-parts.ts';
import { Stand } from './stand.tsx';

const ITEM =
  'flex items-center gap-2 rounded-md px-2 py-1.5 text-sm outline-none select-none data-disabled:text-mute data-highlighted:bg-hover cursor-default';

interface WindowProps {
  anchor: HTMLElement;
  /** Opened by a key: the first entry takes the focus. */
  byKey: boolean;
  label: string;
  align: 'start' | 'end';
  onClose: () => void;
  children: ReactNode;
}

/** The first entry takes the focus; false while there is none. */
function focusFirst(menu: HTMLElement): boolean {
  const first = menu.querySelector<HTMLElement>('[role^=menuitem]:not([data-disabled])');
  first?.focus();
  return first !== null;
}

/** Tries from frame to frame: the window, or entries that are loaded with it, may come a little later. */
function whenThere(find: () => HTMLElement | null, act: (element: HTMLElement) => boolean): () => void {
  const attempt = () => {
    const element = find();
    if (element === null || !act(element)) frame = requestAnimationFrame(attempt);
  };
  let frame = requestAnimationFrame(attempt);
  return () => cancelAnimationFrame(frame);
}

export function MenuWindow({ anchor, byKey, label, align, onClose, children }: WindowProps) {
  const content = useRef<HTMLDivElement>(null);
  /** Closed by a click on something else, which keeps the focus. */
  const elsewhere = useRef(false);
  useEffect(() => (byKey ? whenThere(() => content.current, focusFirst) : undefined), [byKey]);
  return (
    <MenuPartsContext value={PARTS}>
      <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
        <DropdownMenu.Trigger asChild>
          <Stand anchor={anchor} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            ref={content}
            onInteractOutside={() => {
              elsewhere.current = true;
            }}
            // The library looks for its trigger, which is gone with the menu.
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              if (!elsewhere.current) anchor.focus();
            }}
            aria-label={label}
            aria-labelledby={undefined}
            align={align}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-h-[70vh] min-w-52 animate-appear overflow-auto rounded-lg border border-line bg-surface p-1 shadow-pop"
          >
            {children}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </MenuPartsContext>
  );
}

function Item({ children, onSelect, icon: Icon, danger = false, reason }: ItemProps) {
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

function Entry({ children, checked, onChange }: CheckProps) {
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

function Choice({ value, onChange, choices }: ChoiceProps) {
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

function Label({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-xs text-mute">{children}</DropdownMenu.Label>;
}

function Line() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

const PARTS: MenuParts = { Item, Check: Entry, Choice, Label, Line };
