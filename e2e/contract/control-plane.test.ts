import { afterAll, describe } from 'vitest';
import { type ControlPlane, startControlPlane } from '../controlplane/control-plane.ts';
import { controlPlaneAvailable } from '../controlplane/programs.ts';
import { describeContract } from './run-contract.ts';

const available = await controlPlaneAvailable();

describe.skipIf(!available.ok)(`real control plane${available.ok ? '' : ` (${available.reason})`}`, () => {
  let started: Promise<ControlPlane> | undefined;

  afterAll(async () => {
    await (await started)?.stop();
  });

  describeContract(async () => {
    started ??= startControlPlane({ name: 'contract' });
    const controlPlane = await started;
    return { ...controlPlane, expireHistory: () => controlPlane.compact() };
  });
});
