import { serveUntilStopped } from './serve.ts';

/** As `start`, without a build: the console reloads, the worker restarts when a file it uses changes. */
await serveUntilStopped('development');
