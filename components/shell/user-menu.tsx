'use client';

import { part } from '#components/ui/lazy.tsx';
import { Menu } from '#components/ui/menu.tsx';
import { useSession } from './session.tsx';

const UserItems = part(async () => (await import('./user-items.tsx')).UserItems, { soon: true });

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { user } = useSession();
  const initials = user.name
    .split(/[\s.@-]+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return (
    <Menu
      label="Account"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
          className="grid size-[26px] shrink-0 place-items-center rounded-full bg-violet-soft text-2xs font-semibold text-violet"
        >
          {initials}
        </button>
      }
    >
      <UserItems onHelp={onHelp} />
    </Menu>
  );
}
