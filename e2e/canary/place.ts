import { type Canary, findLeaks } from '#lib/testing/canaries.ts';

/** Something that was looked at: a column, a file, an answer, a page. */
export interface Place {
  where: string;
  text: string;
}

/** `where: canary (spelling): what stands around it` of everything found; an empty list is the wish. */
export function leaksIn(places: readonly Place[], canaries: readonly Canary[]): string[] {
  return places.flatMap(({ where, text }) =>
    findLeaks(text, canaries).map((leak) => `${where}: ${leak.canary} (${leak.spelling}): ${leak.around}`),
  );
}
