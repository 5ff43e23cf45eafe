import { ServiceError } from '#lib/services/errors.ts';
import { problemResponse } from './problem.ts';
import { requestIdOf } from './request.ts';

/** The answer of a path below `/api` that is none. */
export async function unknownRoute(request: Request): Promise<Response> {
  const error = new ServiceError('not-found', 'There is no such path; /api/v1/openapi.json has all of them.');
  return problemResponse(error, requestIdOf(request));
}
