'use client';

/** Plain on purpose: every page carries it, and it must show when anything else failed. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="mx-auto max-w-160 px-4 py-16">
      <div role="alert" className="rounded-lg border border-bad/40 bg-bad-soft px-3 py-2.5 text-sm">
        <h1 className="font-semibold">This page failed</h1>
        <p className="break-words whitespace-pre-wrap">{error.message}</p>
        <p className="mt-1.5 flex flex-wrap items-center gap-2 text-xs text-mute">
          {error.digest !== undefined && <code className="text-2xs break-all">request {error.digest}</code>}
          <button
            type="button"
            onClick={reset}
            className="h-6 rounded-[7px] border border-line-strong/70 bg-surface px-2 font-semibold text-text hover:bg-hover"
          >
            Try again
          </button>
        </p>
      </div>
    </div>
  );
}
