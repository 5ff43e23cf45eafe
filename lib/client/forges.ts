import type { Forge } from '#lib/domain/revision/forge.ts';

/** What hosts a repository, as people call it. */
export const FORGE_WORDS: Readonly<Record<Forge, string>> = {
  github: 'GitHub',
  gitlab: 'GitLab',
  gitea: 'Gitea or Forgejo',
  'bitbucket-cloud': 'Bitbucket Cloud',
  'bitbucket-data-center': 'Bitbucket Data Center',
};
