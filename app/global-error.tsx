'use client';

import './globals.css';

export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div>
            <h1 className="text-xl font-semibold">Quarterdeck failed to show this page</h1>
            <p className="mt-1 text-mute">Nothing was changed. Try again, or go back.</p>
            <button
              type="button"
              onClick={reset}
              className="mt-4 rounded-md border border-line-strong px-3 py-1.5 font-semibold"
            >
              Try again
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
