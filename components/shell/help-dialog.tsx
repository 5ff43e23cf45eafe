'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/button.tsx';

const GROUPS: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      ['?', 'This help'],
      ['/', 'Search applications'],
      ['Ctrl K', 'Command palette (⌘ K on a Mac)'],
      ['g f', 'Fleet'],
      ['g a', 'Applications'],
      ['g d', 'Drift'],
      ['g u', 'Audit'],
      ['g s', 'Settings'],
      ['c', 'Copy the link of this page'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      ['j', 'Next row'],
      ['k', 'Row before'],
      ['Enter', 'Open the row'],
      ['s', 'Sync the row'],
      ['r', 'Refresh the row'],
    ],
  },
  {
    title: 'An application',
    keys: [
      ['s', 'Sync'],
      ['r', 'Refresh'],
      ['Shift R', 'Roll back'],
      ['[', 'Tab before'],
      [']', 'Next tab'],
    ],
  },
];

export function HelpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" width="medium">
      <div className="grid gap-6 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3 className="mb-1 text-xs font-medium text-mute">{group.title}</h3>
            <dl>
              {group.keys.map(([key, words]) => (
                <div
                  key={key + words}
                  className="flex items-center justify-between border-b border-line py-1.5 text-sm last:border-0"
                >
                  <dd>{words}</dd>
                  <dt>
                    <Kbd>{key}</Kbd>
                    <span className="sr-only">{key}</span>
                  </dt>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
