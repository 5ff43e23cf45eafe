'use client';

import { CircleCheck, CircleDashed } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { FleetView } from '#lib/contracts/fleet.ts';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/copy.tsx';
import { Panel } from '#components/ui/panel.tsx';

const KUBECONFIG = 'kubectl config view --raw --minify --flatten > cluster.kubeconfig';
const TOKEN =
  'kubectl apply -f quarterdeck-rbac.yaml\nkubectl -n quarterdeck create token quarterdeck --duration=8760h';

/** What is left to do before the fleet shows something. */
export function FirstSteps({ fleet }: { fleet: FleetView }) {
  const hasCluster = fleet.clusters.length > 0;
  const hasRepository = fleet.repositoryCount > 0;
  return (
    <Panel title="Three steps to your first application">
      <ol className="grid gap-4 lg:grid-cols-3">
        <Step
          done={hasCluster}
          title="1. Add a cluster"
          action={<Go href="/settings/clusters?add=kubeconfig" words="Add cluster" primary={!hasCluster} />}
        >
          <p>From a kubeconfig, from a service account’s token, or the cluster Quarterdeck runs in.</p>
          {!hasCluster && (
            <>
              <p className="mt-2 mb-1 text-xs font-medium text-text">A kubeconfig of one context</p>
              <CodeBlock label="command for a kubeconfig" text={KUBECONFIG} />
              <p className="mt-2 mb-1 text-xs font-medium text-text">A token with the least rights</p>
              <CodeBlock label="commands for a token" text={TOKEN} />
              <p className="mt-1.5 text-xs">
                The manifest is in{' '}
                <Link href="/settings/clusters?rbac=full" className="text-accent underline underline-offset-2">
                  Settings, Clusters
                </Link>
                , for read-only and for full access.
              </p>
            </>
          )}
        </Step>
        <Step
          done={hasRepository}
          title="2. Add a repository"
          action={
            <Go href="/settings/repositories?add=true" words="Add repository" primary={hasCluster && !hasRepository} />
          }
        >
          <p>
            Over https with a token, or ssh with a key. A webhook makes changes show within seconds; without one it is
            asked regularly.
          </p>
        </Step>
        <Step
          done={fleet.applicationCount > 0}
          title="3. Declare an application"
          action={<Go href="/applications/new" words="Add application" primary={hasCluster && hasRepository} />}
        >
          <p>
            A path in the repository and a namespace in a cluster. Nothing is changed there until you look at the plan
            and click Sync.
          </p>
        </Step>
      </ol>
    </Panel>
  );
}

function Go({ href, words, primary }: { href: string; words: string; primary: boolean }) {
  return (
    <Button asChild look={primary ? 'primary' : 'plain'}>
      <Link href={href}>{words}</Link>
    </Button>
  );
}

function Step({
  done,
  title,
  action,
  children,
}: {
  done: boolean;
  title: string;
  action: ReactNode;
  children: ReactNode;
}) {
  const Icon = done ? CircleCheck : CircleDashed;
  return (
    <li className="min-w-0 rounded-lg border border-line p-3.5">
      <h3 className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden className={done ? 'size-4 text-ok' : 'size-4 text-mute'} />
        {title}
        <span className="sr-only">{done ? '(done)' : '(to do)'}</span>
      </h3>
      <div className="mt-1.5 text-sm text-mute">{children}</div>
      <div className="mt-3">{action}</div>
    </li>
  );
}
