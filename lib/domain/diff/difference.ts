import type { JsonValue } from '../resource/manifest.ts';

/**
 * One field that differs. `path` is written as people read it: `spec.replicas`,
 * `spec.template.spec.containers[name=web].image`, `data["tls.crt"]`.
 * `desired`/`live` are undefined where the side lacks the field; values are masked before they get here.
 */
export interface Difference {
  path: string;
  desired: JsonValue | undefined;
  live: JsonValue | undefined;
}

/** `uncertain`: the local rules cannot answer (no schema for the kind); ask the API server by a dry-run apply. */
export type Comparison =
  | { verdict: 'equal' }
  | { verdict: 'different'; differences: Difference[] }
  | { verdict: 'uncertain'; reason: string; differences: Difference[] };
