import { isObject } from '../resource/json.ts';
import type { Manifest } from '../resource/manifest.ts';
import { matchesGlob } from './glob.ts';
import { itemIndex, parseJsonPointer, parsePath, type PathStep } from './paths.ts';

/** True when a pattern (a JSON pointer or one of our paths, `*` allowed) names the place or something above it. The manifests tell which item a pointer's position means. */
export function coversPath(
  path: string,
  steps: readonly PathStep[],
  manifests: readonly (Manifest | null)[] = [],
): boolean {
  const pattern = path.startsWith('/') ? parseJsonPointer(path) : parsePath(path);
  if (pattern === null || pattern.length === 0 || pattern.length > steps.length) return false;
  if (!('index' in (pattern.find((step) => 'index' in step) ?? {})))
    return pattern.every((want, at) => matchesStep(want, steps[at]));
  return manifests.length === 0
    ? covers(pattern, steps, null)
    : manifests.some((manifest) => covers(pattern, steps, manifest));
}

function covers(pattern: readonly PathStep[], steps: readonly PathStep[], manifest: Manifest | null): boolean {
  let place: unknown = manifest;
  return pattern.every((want, at) => {
    const step = steps[at];
    if (step === undefined) return false;
    const index = Array.isArray(place) ? itemIndex(place, step) : -1;
    const fits = matchesStep(want, step) || ('index' in want && index === want.index);
    if (Array.isArray(place)) place = place[index];
    else place = isObject(place) && 'field' in step ? place[step.field] : undefined;
    return fits;
  });
}

function matchesStep(want: PathStep, step: PathStep | undefined): boolean {
  if (step === undefined) return false;
  if ('field' in want) {
    if (want.field === '*') return true;
    return 'field' in step && matchesGlob(want.field, step.field);
  }
  if ('index' in want)
    return ('index' in step && step.index === want.index) || ('field' in step && step.field === String(want.index));
  if ('value' in want) return 'value' in step && JSON.stringify(step.value) === JSON.stringify(want.value);
  return 'keys' in step && Object.entries(want.keys).every(([key, value]) => step.keys[key] === value);
}
