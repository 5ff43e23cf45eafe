'use client';

import { Slot } from 'radix-ui';
import { type ReactNode, useContext, useState } from 'react';
import { part } from './lazy.tsx';
import { type CheckProps, type ChoiceProps, type ItemProps, type MenuParts, MenuPartsContext } from './menu-parts.ts';

const MenuWindow = part(async () => (await import('./menu-window.tsx')).MenuWindow, { soon: true });

function useParts(): MenuParts {
  const parts = useContext(MenuPartsContext);
  if (parts === null) throw new Error('parts of a menu belong into a menu');
  return parts;
}

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
  const [open, setOpen] = useState<{ anchor: HTMLElement; byKey: boolean } | null>(null);
  const toggle = (anchor: HTMLElement, byKey: boolean) => setOpen(open === null ? { anchor, byKey } : null);
  return (
    <>
      <Slot.Root
        aria-haspopup="menu"
        aria-expanded={open !== null}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.ctrlKey) return;
          // The menu takes the focus; the button must not compete for it.
          if (open === null) event.preventDefault();
          toggle(event.currentTarget, false);
        }}
        onKeyDown={(event) => {
          if (open !== null && event.key === 'Escape') setOpen(null);
          if (!['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
          event.preventDefault();
          // A second key while the menu is still coming must not close it.
          if (open === null) toggle(event.currentTarget, true);
        }}
      >
        {trigger}
      </Slot.Root>
      {open !== null && (
        <MenuWindow {...open} label={label} align={align} onClose={() => setOpen(null)}>
          {children}
        </MenuWindow>
      )}
    </>
  );
}

export function MenuItem(props: ItemProps) {
  const { Item } = useParts();
  return <Item {...props} />;
}

export function MenuCheck(props: CheckProps) {
  const { Check } = useParts();
  return <Check {...props} />;
}

export function MenuChoice(props: ChoiceProps) {
  const { Choice } = useParts();
  return <Choice {...props} />;
}

export function MenuLabel(props: { children: ReactNode }) {
  const { Label } = useParts();
  return <Label {...props} />;
}

export function MenuLine() {
  const { Line } = useParts();
  return <Line />;
}
