import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { objectAt } from '#lib/domain/resource/json.ts';
import { type Reply, type ResourceRequest, json } from '../request.ts';
import { bodyOf } from './objects.ts';

const USER: JsonObject = { username: 'sandbox-admin', groups: ['system:masters', 'system:authenticated'] };

const REVIEWS: Record<string, (spec: JsonObject) => JsonObject> = {
  selfsubjectaccessreviews: () => ({ allowed: true, reason: 'everything is allowed in the sandbox' }),
  subjectaccessreviews: () => ({ allowed: true }),
  localsubjectaccessreviews: () => ({ allowed: true }),
  selfsubjectrulesreviews: () => ({
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    incomplete: false,
  }),
  selfsubjectreviews: () => ({ userInfo: USER }),
  tokenreviews: () => ({ authenticated: true, user: USER }),
};

/** Reviews are answered and not stored; undefined for other resources. Everything is allowed. */
export function reviewOf(request: ResourceRequest): Reply | undefined {
  const answer = REVIEWS[request.resource.plural];
  if (!answer || request.method !== 'POST') return undefined;
  // kubectl asks in protobuf; the answer is the same whatever it asks.
  const { value } = request.contentType.includes('protobuf') ? { value: {} } : bodyOf(request);
  const spec = objectAt(value, 'spec');
  const body: JsonObject = {
    kind: request.resource.kind,
    apiVersion: request.resource.apiVersion,
    metadata: objectAt(value, 'metadata'),
    spec,
    status: answer(spec),
  };
  return json(body, 201);
}
