/** Colours that mean something. `grey` is what nobody knows. */
export type Tone = 'ok' | 'bad' | 'blue' | 'amber' | 'violet' | 'grey';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  ok: 'text-ok',
  bad: 'text-bad',
  blue: 'text-blue',
  amber: 'text-amber',
  violet: 'text-violet',
  grey: 'text-grey',
};

export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-soft text-ok',
  bad: 'bg-bad-soft text-bad',
  blue: 'bg-blue-soft text-blue',
  amber: 'bg-amber-soft text-amber',
  violet: 'bg-violet-soft text-violet',
  grey: 'bg-grey-soft text-grey',
};

export const TONE_TILE: Readonly<Record<Tone, string>> = {
  ok: 'bg-tile-ok',
  bad: 'bg-tile-bad',
  blue: 'bg-tile-blue',
  amber: 'bg-tile-amber',
  violet: 'bg-tile-violet',
  grey: 'bg-tile-grey',
};
