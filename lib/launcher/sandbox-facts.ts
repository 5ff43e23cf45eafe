import { z } from 'zod';

const facts = z.object({
  kubeconfigPath: z.string(),
  git: z.object({
    url: z.string(),
    token: z.string(),
    repositories: z.array(z.object({ name: z.string(), url: z.string(), revisions: z.record(z.string(), z.string()) })),
  }),
  clusters: z.array(z.object({ name: z.string(), server: z.string(), caData: z.string(), token: z.string() })),
});

/** Where the sandbox's clusters and repositories are, as its process reported. */
export type SandboxFacts = z.infer<typeof facts>;

export function parseSandboxFacts(message: unknown): SandboxFacts {
  return facts.parse(message);
}
