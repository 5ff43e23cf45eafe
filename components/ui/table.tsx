import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** A plain table with a caption for screen readers; scrolls sideways when it must. */
export function Table({ caption, className, children, ...rest }: ComponentProps<'table'> & { caption: string }) {
  return (
    <div className="overflow-x-auto">
      <table {...rest} className={cn('w-full border-collapse text-sm', className)}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cn(
        'h-8 border-b border-line px-3 text-left text-xs font-medium whitespace-nowrap text-mute first:pl-4 last:pr-4',
        className,
      )}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cn('border-b border-line px-3 py-2 align-top first:pl-4 last:pr-4', className)} />;
}
