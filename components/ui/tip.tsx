'use client';

import { Slot } from 'radix-ui';
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { part } from './lazy.tsx';

const TipWindow = part(async () => (await import('./tip-window.tsx')).TipWindow, { soon: true });

/** Milliseconds: before words appear, in which the next appear at once, and to reach them with the pointer. */
const DELAY = 350;
const SKIP = 200;
const REACH = 150;

let closedAt = 0;

/** Words that appear on hover and focus. The child must focus. What draws them is loaded with the first. */
export function Tip({
  text,
  children,
  side = 'bottom',
}: {
  text: ReactNode;
  children: ReactNode;
  side?: 'top' | 'bottom' | 'right';
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const soon = (act: () => void, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, after);
  };
  const close = () => {
    clearTimeout(timer.current);
    if (anchor !== null) closedAt = Date.now();
    setAnchor(null);
  };
  const leave = () => soon(close, REACH);
  const enter = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch') return;
    const element = event.currentTarget;
    soon(() => setAnchor(element), Date.now() - closedAt < SKIP ? 0 : DELAY);
  };
  return (
    <>
      <Slot.Root
        onPointerEnter={enter}
        onPointerLeave={leave}
        onPointerDown={close}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) setAnchor(event.currentTarget);
        }}
        onBlur={close}
      >
        {children}
      </Slot.Root>
      {anchor !== null && (
        <TipWindow
          anchor={anchor}
          text={text}
          side={side}
          onClose={close}
          onStay={() => clearTimeout(timer.current)}
          onLeave={leave}
        />
      )}
    </>
  );
}
