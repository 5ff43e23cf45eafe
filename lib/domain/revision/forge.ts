/** Where repositories are hosted and reviewed, as far as their APIs are known. `gitea` is Forgejo too. */
export const FORGES = ['github', 'gitlab', 'gitea', 'bitbucket-cloud', 'bitbucket-data-center'] as const;
export type Forge = (typeof FORGES)[number];

const HOSTS: ReadonlyMap<string, Forge> = new Map([
  ['github.com', 'github'],
  ['gitlab.com', 'gitlab'],
  ['codeberg.org', 'gitea'],
  ['gitea.com', 'gitea'],
  ['bitbucket.org', 'bitbucket-cloud'],
]);

/** The forge that is declared, else the one whose host this is; null when neither says. */
export function forgeOf(declared: string | null, url: string): Forge | null {
  const known = FORGES.find((forge) => forge === declared);
  if (known) return known;
  try {
    return HOSTS.get(new URL(url).hostname) ?? null;
  } catch {
    return null;
  }
}
