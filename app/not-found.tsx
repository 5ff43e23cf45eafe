import { Logo } from '#components/shell/logo.tsx';

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="text-center">
        <Logo className="mx-auto mb-4 size-8 text-accent" />
        <h1 className="text-xl font-semibold tracking-tight">There is nothing here</h1>
        <p className="mt-1 text-mute">The address is wrong, or what it named was deleted.</p>
        {/* Every page carries this one, and a Link in it would be loaded twice. */}
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
        <a href="/" className="mt-4 inline-block font-semibold text-accent hover:underline">
          To the fleet
        </a>
      </div>
    </main>
  );
}
