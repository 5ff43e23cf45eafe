'use client';

import { Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { part } from '#components/ui/lazy.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { useApplicationList } from './use-list.ts';

const ViewItems = part(async () => (await import('./view-items.tsx')).ViewItems, { soon: true });
const ArrangeColumns = part(async () => (await import('./arrange-columns.tsx')).ArrangeColumns);

interface ViewProps {
  list: ReturnType<typeof useApplicationList>;
  onResetWidths: () => void;
}

/** Order of the rows, columns that are shown, density. */
export function ViewMenu({ list, onResetWidths }: ViewProps) {
  const [arranging, setArranging] = useState(false);
  return (
    <>
      <Menu
        label="View"
        trigger={
          <Button>
            <Columns3 aria-hidden className="size-3.5" />
            View
          </Button>
        }
      >
        <ViewItems list={list} onArrange={() => setArranging(true)} />
      </Menu>
      {arranging && <ArrangeColumns onClose={() => setArranging(false)} onResetWidths={onResetWidths} />}
    </>
  );
}
