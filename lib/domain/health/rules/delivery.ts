import type { HealthRule } from './rule.ts';

/** Kinds that deliver, connect, certify and observe: GitOps agents, meshes, certificates, secrets, autoscaling, pipelines. */
export const DELIVERY_RULES: Readonly<Record<string, HealthRule>> = {};
