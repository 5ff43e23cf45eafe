import { z } from 'zod';
import { eventsView, liveManifestView } from './applications.ts';
import { clusterAccess, clusterEndpointInput, connectionTest } from './clusters.ts';
import { id } from './common.ts';
import { repositoryTest } from './repositories.ts';

export const INQUIRY_KINDS = ['cluster-test', 'repository-test', 'live-manifest', 'events'] as const;
export type InquiryKind = (typeof INQUIRY_KINDS)[number];

/**
 * What the web process asks a worker. `subject` is stored in the clear, so nothing secret is in it; a credential not yet
 * registered travels sealed (`INQUIRY_SECRETS` names its shape, as JSON). Exactly one of `clusterId` and a secret is
 * given to `cluster-test`, likewise `repositoryId` for `repository-test`.
 */
export const INQUIRY_SUBJECTS = {
  'cluster-test': z.object({ clusterId: id.nullable(), access: clusterAccess }),
  'repository-test': z.object({ repositoryId: id.nullable() }),
  'live-manifest': z.object({ applicationId: id, clusterId: id, objectKey: z.string().max(800) }),
  events: z.object({ applicationId: id, clusterId: id }),
} as const satisfies Record<InquiryKind, z.ZodType>;

/** Sealed with purpose `inquiry:<id>`. */
export const INQUIRY_SECRETS = {
  'cluster-test': clusterEndpointInput,
  'repository-test': z.object({
    url: z.string().max(500),
    /** RepositoryCredential of lib/ports/source.ts. */
    credential: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('https-token'), username: z.string(), token: z.string() }),
      z.object({ kind: z.literal('ssh-key'), privateKey: z.string(), knownHosts: z.string() }),
    ]),
  }),
} as const;

/** What a worker answers: masked, and never longer than a screen can use. */
export const INQUIRY_ANSWERS = {
  'cluster-test': connectionTest,
  'repository-test': repositoryTest,
  // An object that is not there is an answer too, not a failure to ask.
  'live-manifest': z.union([liveManifestView, z.object({ missingIn: z.string() })]),
  events: eventsView,
} as const satisfies Record<InquiryKind, z.ZodType>;

export type InquirySubject<Kind extends InquiryKind> = z.infer<(typeof INQUIRY_SUBJECTS)[Kind]>;
export type InquiryAnswer<Kind extends InquiryKind> = z.infer<(typeof INQUIRY_ANSWERS)[Kind]>;
