'use client';

import { Button } from './button.tsx';

interface MoreProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** Asks for the next page of a list. */
export function More({ query }: MoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className="py-3 text-center">
      <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Load more
      </Button>
    </div>
  );
}
