import type { JobKind } from '#lib/database/queue.ts';
import type { Reconciler } from '../reconciler.ts';
import { autoSync } from './auto-sync.ts';
import { awaitOperationHealth } from './await-health.ts';
import { compare } from './compare.ts';
import { fetchMirror } from './fetch.ts';
import { inquiry } from './inquiry.ts';
import { operate } from './operate.ts';
import { pins } from './pins.ts';
import { plan } from './plan.ts';
import { suspensions } from './suspensions.ts';
import { recheck } from './recheck.ts';
import { render } from './render.ts';

/** What does the work of each kind of job; a kind without one does not compile. */
export const RECONCILERS: Record<JobKind, Reconciler> = {
  fetch: fetchMirror,
  render,
  compare,
  plan,
  operate,
  'await-health': awaitOperationHealth,
  'auto-sync': autoSync,
  pins,
  suspensions,
  inquiry,
  recheck,
};
