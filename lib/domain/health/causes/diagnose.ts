import { LAST_WORDS } from '../rules/core/pod/containers.ts';
import { ADMISSION_CAUSES } from './admission.ts';
import type { Diagnosis, KnownCause } from './cause.ts';
import { CONTAINER_CAUSES } from './containers.ts';
import { SCHEDULING_CAUSES } from './scheduling.ts';
import { STORAGE_CAUSES } from './storage.ts';
import { WORKLOAD_CAUSES } from './workloads.ts';

/** Every known cause; the first whose pattern is in the text is told, so the particular stands before the general. */
export const KNOWN_CAUSES: readonly KnownCause[] = [
  ...ADMISSION_CAUSES,
  ...CONTAINER_CAUSES,
  ...SCHEDULING_CAUSES,
  ...STORAGE_CAUSES,
  ...WORKLOAD_CAUSES,
];

/** Characters of a message that are looked at; the cause stands at its beginning. */
const MOST_TEXT = 4_000;

/**
 * What a message of Kubernetes, of a controller or of our own rules means in plain words, and the one thing to do about
 * it; null when no known cause is in it.
 */
export function diagnose(message: string): Diagnosis | null {
  // What a program said last is its own business: it may well speak of other things that were not found.
  const [told = message] = message.split(LAST_WORDS, 1);
  const text = told.slice(0, MOST_TEXT);
  if (text.trim() === '') return null;
  for (const { id, pattern, words, action } of KNOWN_CAUSES) {
    const match = pattern.exec(text);
    if (match !== null) return { id, words: filled(words, match), action: filled(action, match) };
  }
  return null;
}

function filled(sentence: string, match: RegExpExecArray): string {
  return sentence.replace(/\$(\d)/g, (_mark, index: string) => match[Number(index)] ?? '');
}
