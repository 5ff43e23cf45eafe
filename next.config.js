import { createJiti } from 'jiti';

// A bad environment fails here, at build and at start, with one line a variable.
const jiti = createJiti(import.meta.url);
const { env } = await jiti.import('./lib/config/env.ts');
const { origin } = env();

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
  // `npm run types` checks everything with the native compiler; a second check here would only cost time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    'pg',
    'pg-boss',
    'pino',
    'prom-client',
    'better-auth',
    '@prisma/client',
    '@prisma/adapter-pg',
  ],
  // What the proxy does not see: built files, which are named by their content.
  headers: async () => [
    { source: '/_next/static/:path*', headers: [{ key: 'x-content-type-options', value: 'nosniff' }] },
  ],
  allowedDevOrigins: [new URL(origin).hostname],
};

export default config;
