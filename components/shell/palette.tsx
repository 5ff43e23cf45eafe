'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Box, type LucideIcon, Moon, Plus, Server, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog as Radix } from 'radix-ui';
import { useDeferredValue, useRef, useState } from 'react';
import { ask, keepPrevious } from '#lib/client/ask.ts';
import { useOpener } from '#components/ui/use-opener.ts';
import { usePreferences } from './preferences.tsx';
import { SECTIONS, SETTINGS_SECTIONS } from './sections.ts';
import { useWhyNot } from './session.tsx';

const GROUP =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-mute';

function Item({
  icon: Icon,
  label,
  note,
  onSelect,
  value,
}: {
  icon: LucideIcon;
  label: string;
  note?: string;
  onSelect: () => void;
  value: string;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex items-center gap-2.5 rounded-md px-2.5 py-2 text-sm data-[selected=true]:bg-hover"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-mute" strokeWidth={1.75} />
      {label}
      {note !== undefined && <span className="ml-auto truncate pl-3 text-xs text-mute">{note}</span>}
    </Command.Item>
  );
}

const PLACES = [
  ...SECTIONS.map((section) => ({ ...section, note: `g ${section.key}` })),
  ...SETTINGS_SECTIONS.map((section) => ({ ...section, icon: SECTIONS.at(-1)?.icon ?? Box, note: 'Settings' })),
];

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What was typed before the palette was there. */
  early: () => string;
}

/** Go anywhere, do anything, from one field. */
export function Palette({ open, onOpenChange, early }: PaletteProps) {
  const router = useRouter();
  const [text, setText] = useState(early);
  const field = useRef<HTMLInputElement>(null);
  const giveBack = useOpener();
  const [marked, setMarked] = useState('');
  const search = useDeferredValue(text.trim());
  const applications = useQuery({
    ...ask('listApplications', {
      query: { query: search, limit: 8, ...(search === '' ? {} : { sort: 'name' as const }) },
    }),
    ...keepPrevious,
    enabled: open,
  });
  const clusters = useQuery({ ...ask('listClusters'), enabled: open });
  const close = (act: () => void) => () => {
    onOpenChange(false);
    setText('');
    act();
  };
  const go = (href: string) => close(() => router.push(href));
  const fits = (label: string) => label.toLowerCase().includes(search.toLowerCase());
  const groups = [
    {
      heading: 'Applications',
      items: (applications.data?.items ?? []).map((row) => ({
        value: row.id,
        icon: Box,
        label: row.name,
        note: `${row.clusterName} · ${row.sync} · ${row.health}`,
        onSelect: go(`/applications/${row.id}`),
      })),
    },
    {
      heading: 'Clusters',
      items: (clusters.data?.items ?? [])
        .filter((cluster) => fits(cluster.name))
        .slice(0, 6)
        .map((cluster) => ({
          value: cluster.id,
          icon: Server,
          label: cluster.name,
          note: cluster.status,
          onSelect: go(`/applications?q=${encodeURIComponent(`cluster:${cluster.name}`)}`),
        })),
    },
    {
      heading: 'Sections',
      items: PLACES.filter((section) => fits(section.label)).map(({ href, icon, label, note }) => ({
        value: href,
        icon,
        label,
        note,
        onSelect: go(href),
      })),
    },
    {
      heading: 'Actions',
      items: useActions(go, close)
        .filter((action) => fits(action.label))
        .map(({ label, icon, run }) => ({ value: label, icon, label, onSelect: run })),
    },
  ];
  // Answers come late: Enter must do what stands first then, unless another item was chosen.
  const values = groups.flatMap(({ items }) => items.map(({ value }) => value));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            // After what was typed early, not over it.
            field.current?.focus();
            field.current?.setSelectionRange(text.length, text.length);
          }}
          onCloseAutoFocus={giveBack}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-[600px] -translate-x-1/2 animate-appear overflow-hidden rounded-xl border border-line bg-surface shadow-pop outline-none"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          <Command
            shouldFilter={false}
            label="Command palette"
            loop
            value={values.includes(marked) ? marked : (values[0] ?? '')}
            onValueChange={setMarked}
          >
            <Command.Input
              ref={field}
              value={text}
              onValueChange={(typed) => {
                setText(typed);
                setMarked('');
              }}
              placeholder="Go to an application, a cluster, a section…"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
            />
            <Command.List className="max-h-[56vh] overflow-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-sm text-mute">Nothing is called that.</Command.Empty>
              {groups.map(
                ({ heading, items }) =>
                  items.length > 0 && (
                    <Command.Group key={heading} heading={heading} className={GROUP}>
                      {items.map((item) => (
                        <Item key={item.value} {...item} />
                      ))}
                    </Command.Group>
                  ),
              )}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What can be done from anywhere by this person. */
function useActions(go: (href: string) => () => void, close: (act: () => void) => () => void) {
  const whyNot = useWhyNot();
  const { prefer } = usePreferences();
  const actions = [
    { label: 'Add application', icon: Plus, run: go('/applications/new'), needs: 'applications:write' as const },
    {
      label: 'Add cluster',
      icon: Plus,
      run: go('/settings/clusters?add=kubeconfig'),
      needs: 'clusters:write' as const,
    },
    {
      label: 'Add repository',
      icon: Plus,
      run: go('/settings/repositories?add=true'),
      needs: 'repositories:write' as const,
    },
    { label: 'Light theme', icon: Sun, run: close(() => prefer({ theme: 'light' })), needs: null },
    { label: 'Dark theme', icon: Moon, run: close(() => prefer({ theme: 'dark' })), needs: null },
  ];
  return actions.filter((action) => action.needs === null || whyNot(action.needs) === null);
}
