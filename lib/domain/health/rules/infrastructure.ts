import type { HealthRule } from './rule.ts';

/** Kinds that hold data, clusters and machines: clouds, databases, storage, queues, batch compute. */
export const INFRASTRUCTURE_RULES: Readonly<Record<string, HealthRule>> = {};
