import { crossplaneHealth } from '../../crossplane.io/any-kind/rule.ts';

/** The official providers, cluster-wide (`aws.upbound.io`) and namespaced (`aws.m.upbound.io`), follow the same contract. */
export const upboundHealth = crossplaneHealth;
