'use client';

import type { LucideIcon } from 'lucide-react';
import { type ComponentType, createContext, type ReactNode } from 'react';

export interface ItemProps {
  children: ReactNode;
  onSelect: () => void;
  icon?: LucideIcon;
  danger?: boolean;
  /** Why it cannot be chosen; shown below it. */
  reason?: string | null | undefined;
}

export interface CheckProps {
  children: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export interface ChoiceProps {
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string; icon?: LucideIcon }[];
}

/** What draws the parts of a menu; comes with the first menu that is opened. */
export interface MenuParts {
  Item: ComponentType<ItemProps>;
  Check: ComponentType<CheckProps>;
  Choice: ComponentType<ChoiceProps>;
  Label: ComponentType<{ children: ReactNode }>;
  Line: ComponentType;
}
export const MenuPartsContext = createContext<MenuParts | null>(null);
