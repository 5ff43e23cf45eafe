import { z } from 'zod';
import { auditEvent, exportAuditQuery, listAuditQuery } from '../audit.ts';
import { id, page, pageQuery } from '../common.ts';
import { fleetView } from '../fleet.ts';
import { operationView, planInput, planView, requestOperationInput } from '../operations.ts';
import { declare } from './declare.ts';

const tag = 'Operations';
const params = z.object({ id });

export const operationRoutes = {
  requestPlan: declare({
    method: 'POST',
    path: '/api/v1/applications/{id}/plans',
    access: 'applications:read',
    tag,
    summary: 'Ask what a sync, a revert, a roll back or a pin would do; nothing is written anywhere by it',
    description: 'Needs the permission of the act that is planned. Read the plan until it is no longer `computing`.',
    params,
    body: planInput,
    status: 202,
    response: planView,
  }),
  getPlan: declare({
    method: 'GET',
    path: '/api/v1/plans/{id}',
    access: 'applications:read',
    tag,
    summary: 'One plan',
    params,
    status: 200,
    response: planView,
  }),
  listOperations: declare({
    method: 'GET',
    path: '/api/v1/applications/{id}/operations',
    access: 'applications:read',
    tag,
    summary: 'Operations of an application, newest first',
    params,
    query: pageQuery.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    status: 200,
    response: page(operationView).omit({ total: true }),
  }),
  requestOperation: declare({
    method: 'POST',
    path: '/api/v1/applications/{id}/operations',
    access: 'applications:read',
    tag,
    summary: 'Do what the plan says; a plan that is stale is refused',
    description: 'Needs the permission of the act. `planHash` is the hash of the plan that was looked at.',
    params,
    body: requestOperationInput,
    status: 202,
    response: operationView,
  }),
  getOperation: declare({
    method: 'GET',
    path: '/api/v1/operations/{id}',
    access: 'applications:read',
    tag,
    summary: 'One operation with the result of every object',
    params,
    status: 200,
    response: operationView,
  }),
  terminateOperation: declare({
    method: 'POST',
    path: '/api/v1/operations/{id}/terminate',
    access: 'applications:terminate',
    tag,
    summary: 'Stop an operation; what was applied stays',
    params,
    status: 202,
    response: operationView,
  }),
  releasePin: declare({
    method: 'DELETE',
    path: '/api/v1/applications/{id}/pin',
    access: 'applications:pin',
    tag,
    summary: 'End a pin before its expiry; the application follows Git again',
    params,
    status: 204,
    response: null,
  }),
};

export const overviewRoutes = {
  getFleet: declare({
    method: 'GET',
    path: '/api/v1/fleet',
    access: 'applications:read',
    tag: 'Fleet',
    summary: 'What needs attention, and the state of every cluster',
    status: 200,
    response: fleetView,
  }),
  listAudit: declare({
    method: 'GET',
    path: '/api/v1/audit',
    access: 'audit:read',
    tag: 'Audit',
    summary: 'Who did what, or was refused, newest first',
    query: listAuditQuery,
    status: 200,
    response: page(auditEvent),
  }),
  exportAudit: declare({
    method: 'GET',
    path: '/api/v1/audit/export',
    access: 'audit:export',
    tag: 'Audit',
    summary: 'The same events as CSV or JSON lines; the export is audited itself',
    query: exportAuditQuery,
    status: 200,
    response: null,
    stream: ['text/csv', 'application/x-ndjson'],
  }),
  getStream: declare({
    method: 'GET',
    path: '/api/v1/stream',
    access: 'signed-in',
    tag: 'Fleet',
    summary: 'Server-sent events: what changed, by key, with the new rows of applications',
    status: 200,
    response: null,
    stream: ['text/event-stream'],
  }),
  getOpenApi: declare({
    method: 'GET',
    path: '/api/v1/openapi.json',
    access: 'public',
    tag: 'Fleet',
    summary: 'This document',
    status: 200,
    response: z.record(z.string(), z.unknown()),
  }),
};
