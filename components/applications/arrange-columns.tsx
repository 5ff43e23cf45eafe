'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { usePreferences } from '#components/shell/preferences.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { orderedColumns } from './columns.tsx';

/** The columns of the list from left to right, moved by buttons: what dragging does, for every hand. */
export function ArrangeColumns({ onClose, onResetWidths }: { onClose: () => void; onResetWidths: () => void }) {
  const { preferences, prefer } = usePreferences();
  const columns = orderedColumns(preferences.order);
  const move = (from: number, by: number) => {
    const order = columns.map((column) => column.id);
    const [moved] = order.splice(from, 1);
    if (moved !== undefined) prefer({ order: order.toSpliced(from + by, 0, moved) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Arrange columns"
      description="From left to right; the edges of the table’s header drag their width."
      width="narrow"
      footer={
        <>
          <Button
            onClick={() => {
              prefer({ order: [] });
              onResetWidths();
            }}
          >
            Reset order and widths
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ol className="divide-y divide-line">
        {columns.map((column, index) => (
          <li key={column.id} className="flex items-center gap-2 py-1 text-sm">
            <span className="flex-1">
              {column.label}
              {preferences.hidden.includes(column.id) && <span className="ml-2 text-xs text-mute">hidden</span>}
            </span>
            <IconButton
              label={`Move ${column.label} left`}
              reason={index === 0 ? 'It is the first column' : null}
              onClick={() => index > 0 && move(index, -1)}
            >
              <ArrowUp aria-hidden className="size-4" />
            </IconButton>
            <IconButton
              label={`Move ${column.label} right`}
              reason={index === columns.length - 1 ? 'It is the last column' : null}
              onClick={() => index < columns.length - 1 && move(index, 1)}
            >
              <ArrowDown aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
