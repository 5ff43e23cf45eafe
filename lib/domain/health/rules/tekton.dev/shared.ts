import { byConditions } from '../patterns.ts';

/** Runs tell by Succeeded alone: Unknown while pending or running, False when failed, timed out or cancelled. */
export const runHealth = byConditions({ ready: ['Succeeded'] });
