import { azureServiceOperatorHealth } from './azure.com/any-kind/rule.ts';
import { configConnectorHealth } from './cnrm.cloud.google.com/any-kind/rule.ts';
import { gatekeeperConstraintHealth } from './constraints.gatekeeper.sh/any-kind/rule.ts';
import { crossplaneHealth } from './crossplane.io/any-kind/rule.ts';
import { kroInstanceHealth } from './kro.run/any-kind/rule.ts';
import { ackHealth } from './services.k8s.aws/any-kind/rule.ts';
import { upboundHealth } from './upbound.io/any-kind/rule.ts';
import type { RegisteredRule } from './rule.ts';

/**
 * Rules for every kind of many groups, for providers that make one kind of each thing a cloud sells. A name that begins with
 * a dot is the end of a group, any other a whole group; the first match counts, so the longer ending stands first.
 */
export const GROUP_RULES: readonly RegisteredRule[] = [
  { name: '.cnrm.cloud.google.com', rule: configConnectorHealth },
  { name: '.services.k8s.aws', rule: ackHealth },
  { name: '.crossplane.io', rule: crossplaneHealth },
  { name: '.upbound.io', rule: upboundHealth },
  { name: '.azure.com', rule: azureServiceOperatorHealth },
  { name: 'constraints.gatekeeper.sh', rule: gatekeeperConstraintHealth },
  { name: 'kro.run', rule: kroInstanceHealth },
];
