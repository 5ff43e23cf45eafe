import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/**
 * Roles of a table whose parts a style sheet lays out as blocks, which takes them their meaning in some browsers: spread
 * them on `table`, `thead` and `tbody`, `tr`, `th` and `td`.
 */
export const GRID_ROLES = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  head: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

type TableProps = ComponentProps<'table'> & {
  /** What it lists, for screen readers. */
  caption: string;
  /** On small screens each row is a few lines of its cells, one after the other. */
  stacked?: boolean;
};

/** A plain table; scrolls sideways when it must. Rows are `Tr`, cells `Th` and `Td`. */
export function Table({ caption, stacked = false, className, children, ...rest }: TableProps) {
  return (
    <div className="overflow-x-auto">
      <table
        {...GRID_ROLES.table}
        {...rest}
        className={cn('w-full border-collapse text-sm', stacked && 'stacked', className)}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function Tr(props: ComponentProps<'tr'>) {
  return <tr {...GRID_ROLES.row} {...props} />;
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      {...GRID_ROLES.head}
      scope="col"
      {...rest}
      className={cn(
        'h-8 border-b border-line px-3 text-left text-xs font-medium whitespace-nowrap text-mute first:pl-4 last:pr-4',
        className,
      )}
    />
  );
}

export function Td({ className, dense = false, ...rest }: ComponentProps<'td'> & { dense?: boolean }) {
  return (
    <td
      {...GRID_ROLES.cell}
      {...rest}
      className={cn('border-b border-line px-3 align-top first:pl-4 last:pr-4', dense ? 'py-1.5' : 'py-2', className)}
    />
  );
}
