import { textAt } from '../../../resource/json.ts';
import type { Manifest } from '../../../resource/manifest.ts';

/** Flink's operator writes its error as JSON text with a long stack; the message alone helps a person. */
export function flinkError(manifest: Manifest, fallback: string): string {
  const text = textAt(manifest, 'status', 'error');
  const found = /"message":"((?:[^"\\]|\\.)*)"/.exec(text);
  return found?.[1] || text || fallback;
}
