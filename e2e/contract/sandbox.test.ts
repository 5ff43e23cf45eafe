import { afterAll, describe } from 'vitest';
import { type SandboxClusters, startSandboxClusters } from '#lib/sandbox/kubernetes/start.ts';
import { describeContract } from './run-contract.ts';

describe('sandbox', () => {
  let started: Promise<SandboxClusters> | undefined;

  afterAll(async () => {
    await (await started)?.stop();
  });

  describeContract(async () => {
    started ??= startSandboxClusters({ names: ['contract'] });
    const [cluster] = (await started).clusters;
    if (!cluster) throw new Error('the sandbox started no cluster');
    const expireHistory = (): Promise<void> => Promise.resolve(cluster.control.expireHistory());
    return { ...cluster, controllers: true, expireHistory };
  });
});
