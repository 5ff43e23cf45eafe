import { byPhase } from '../../patterns.ts';

/** Works like a volume claim, for buckets of S3 (library of object bucket provisioners; Rook and NooBaa use it). */
export const objectBucketClaimHealth = byPhase({ healthy: ['Bound'], degraded: ['Failed'] });
