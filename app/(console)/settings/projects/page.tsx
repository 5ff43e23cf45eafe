import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { ProjectSettings } from '#components/projects/project-settings.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  const snapshot = await prefetch({ others: [ask('listProjects'), ask('getSystemIgnoreRules')] });
  return (
    <ServerData snapshot={snapshot}>
      <ProjectSettings />
    </ServerData>
  );
}
