import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { ProjectSettings } from '#components/projects/project-settings.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Projects' };

export default async function ProjectsPage() {
  const queries = await prefetch({ others: [ask('listProjects')] });
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <ProjectSettings />
    </HydrationBoundary>
  );
}
