'use client';

import Link from 'next/link';
import type { ApplicationView } from '#lib/contracts/applications.ts';
import { Notice } from '#components/ui/states.tsx';

/** Which applications automatic sync waits for, and why; nothing where it waits for none. */
export function DependencyNotice({ application }: { application: ApplicationView }) {
  const unready = application.dependencies.filter(({ waits }) => waits !== '');
  if (unready.length === 0 || application.sync !== 'OutOfSync' || !application.syncPolicy.automated) return null;
  return (
    <Notice tone="grey">
      <p>
        <b>Automatic sync waits</b> for what it depends on:{' '}
        {unready.map(({ id, projectName, name, clusterName, waits }, index) => (
          <span key={id}>
            {index > 0 && '; '}
            <Link href={`/applications/${id}`} className="underline">
              {projectName}/{name}
            </Link>{' '}
            on {clusterName} {waits}
          </span>
        ))}
        .
      </p>
    </Notice>
  );
}
