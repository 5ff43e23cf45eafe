import { byConditions } from '../../patterns.ts';

/** `Ready` sums up what it found in AWS: AMIs, subnets, security groups, the instance profile. */
export const ec2NodeClassHealth = byConditions({ ready: ['Ready'] });
