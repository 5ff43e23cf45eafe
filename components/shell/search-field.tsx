'use client';

import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { ask } from '#lib/client/ask.ts';
import { Kbd } from '#components/ui/button.tsx';
import { cn } from '#components/ui/class-names.ts';
import { complete, type Suggestion, suggest } from './grammar.ts';

const TYPING_PAUSE = 150;

/** One field that finds applications; on their page it filters as you type, elsewhere Enter goes there. */
export function SearchField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const router = useRouter();
  const filters = usePathname() === '/applications';
  const [query, setQuery] = useQueryState('q', parseAsString.withDefault('').withOptions({ history: 'replace' }));
  const shown = filters ? query : '';
  const [text, setText] = useState(shown);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [cursor, setCursor] = useState(0);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const listId = useId();
  // The address may change by other hands: back, a link, a quick filter.
  const [seen, setSeen] = useState(shown);
  if (seen !== shown) {
    setSeen(shown);
    if (text.trim() !== shown) setText(shown);
  }
  useEffect(() => () => clearTimeout(pause.current), []);

  const options = useSuggestions({ open, text, cursor });
  const apply = (value: string) => {
    if (filters) void setQuery(value.trim() === '' ? null : value.trim());
  };
  const type = (value: string, at: number) => {
    setText(value);
    setCursor(at);
    setActive(-1);
    setOpen(true);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => apply(value), TYPING_PAUSE);
  };
  const choose = (index: number) => {
    const option = options[index];
    if (option === undefined) return;
    const next = complete(text, cursor, option.text);
    type(next, next.length);
    field.current?.focus();
  };
  const submit = () => {
    setOpen(false);
    clearTimeout(pause.current);
    if (filters) apply(text);
    else router.push(text.trim() === '' ? '/applications' : `/applications?q=${encodeURIComponent(text.trim())}`);
  };
  const onKey = (key: string): boolean => {
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      setOpen(true);
      setActive((index) =>
        options.length === 0 ? -1 : (index + (key === 'ArrowDown' ? 1 : -1) + options.length) % options.length,
      );
    } else if (key === 'Enter') {
      if (open && active >= 0) choose(active);
      else submit();
    } else if (key === 'Tab' && open && active >= 0) choose(active);
    else if (key === 'Escape') {
      if (open && options.length > 0) setOpen(false);
      else field.current?.blur();
    } else return false;
    return true;
  };
  const expanded = open && options.length > 0;
  return (
    <div role="search" className="relative ml-auto flex min-w-0 max-w-[520px] flex-1 items-center">
      <Search aria-hidden className="pointer-events-none absolute left-2.5 size-3.5 text-mute" />
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Search applications"
        aria-expanded={expanded}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder="Search or filter: cluster:prod-* health:degraded"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (onKey(event.key)) event.preventDefault();
        }}
        className="h-8 w-full rounded-lg border border-control/60 bg-surface pr-8 pl-8 text-sm text-ellipsis"
      />
      {text === '' ? (
        <Kbd className="pointer-events-none absolute right-2">/</Kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => type('', 0)}
          className="absolute right-1.5 grid size-6 place-items-center rounded text-mute hover:text-text"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
      <Suggestions id={listId} options={options} active={active} shown={expanded} onChoose={choose} />
    </div>
  );
}

/** What the word at the cursor may become, with the names that exist. */
function useSuggestions({
  open,
  text,
  cursor,
}: {
  open: boolean;
  text: string;
  cursor: number;
}): readonly Suggestion[] {
  // A question that waits must not take the place of the answer a page brings with it.
  const clusters = useQuery(
    open ? ask('listClusters') : { ...ask('listClusters'), queryKey: ['idle', 'clusters'], enabled: false },
  );
  const projects = useQuery(
    open ? ask('listProjects') : { ...ask('listProjects'), queryKey: ['idle', 'projects'], enabled: false },
  );
  return useMemo(
    () =>
      open
        ? suggest(text, cursor, {
            clusters: clusters.data?.items.map((cluster) => cluster.name) ?? [],
            projects: projects.data?.items.map((project) => project.name) ?? [],
          })
        : [],
    [open, text, cursor, clusters.data, projects.data],
  );
}

interface SuggestionsProps {
  id: string;
  options: readonly Suggestion[];
  active: number;
  shown: boolean;
  onChoose: (index: number) => void;
}

function Suggestions({ id, options, active, shown, onChoose }: SuggestionsProps) {
  return (
    <ul
      id={id}
      role="listbox"
      aria-label="Search words"
      hidden={!shown}
      className="absolute top-9 right-0 left-0 z-30 rounded-lg border border-line bg-surface p-1 shadow-pop"
    >
      {options.map((option, index) => (
        // The input keeps the focus; keys reach the options through it.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <li
          key={option.text}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
          className={cn(
            'flex cursor-pointer items-baseline gap-3 rounded-md px-2.5 py-1 text-sm hover:bg-hover',
            index === active && 'bg-hover',
          )}
        >
          <code>{option.text}</code>
          <span className="text-xs text-mute">{option.hint}</span>
        </li>
      ))}
    </ul>
  );
}
