'use client';

import { CircleHelp, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { api } from '#lib/client/api.ts';
import { THEMES } from '#lib/client/preferences.ts';
import { MenuChoice, MenuItem, MenuLabel, MenuLine } from '#components/ui/menu.tsx';
import { usePreferences } from './preferences.tsx';
import { useSession } from './session.tsx';
import { announceFailure } from './toasts.ts';

const THEME_CHOICES = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
];

export function UserItems({ onHelp }: { onHelp: () => void }) {
  const { user } = useSession();
  const { preferences, prefer } = usePreferences();
  const signOut = async () => {
    try {
      await api('signOut');
      window.location.assign('/sign-in');
    } catch (error) {
      announceFailure('You are still signed in', error);
    }
  };
  return (
    <>
      <div className="px-2 py-1.5">
        <p className="text-sm font-semibold">{user.name}</p>
        <p className="text-xs text-mute">
          {user.email} · {user.role}
        </p>
      </div>
      <MenuLine />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={preferences.theme}
        choices={THEME_CHOICES}
        onChange={(value) => prefer({ theme: THEMES.find((theme) => theme === value) ?? 'system' })}
      />
      <MenuLine />
      <MenuItem icon={CircleHelp} onSelect={onHelp}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </>
  );
}
