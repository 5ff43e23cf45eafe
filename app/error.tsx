'use client';

import { Failure } from '#components/ui/states.tsx';

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="mx-auto max-w-160 px-4 py-16">
      <Failure
        title="This page failed"
        error={Object.assign(new Error(error.message), { requestId: error.digest ?? null })}
        onRetry={reset}
      />
    </div>
  );
}
