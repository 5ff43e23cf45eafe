export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What a person chose for this browser; kept in cookies so that the server paints it at once. */
export interface Preferences {
  theme: Theme;
  rail: 'open' | 'narrow';
  density: 'normal' | 'compact';
  diff: 'unified' | 'split';
  /** Columns of the application list that are left out. */
  hidden: readonly string[];
  /** Its columns from left to right; those not named follow in their usual order. */
  order: readonly string[];
  /** Widths somebody dragged, as `name_240` (pixels); the others share what is left. */
  widths: readonly string[];
}

export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'system',
  rail: 'open',
  density: 'normal',
  diff: 'unified',
  hidden: ['project', 'agent'],
  order: [],
  widths: [],
};

const YEAR = 365 * 24 * 3600;

/** Reads the preferences out of cookies; anything unknown becomes the default. */
export function readPreferences(cookie: (name: string) => string | undefined): Preferences {
  const theme = cookie('qd-theme');
  return {
    theme: THEMES.find((known) => known === theme) ?? 'system',
    rail: cookie('qd-rail') === 'narrow' ? 'narrow' : 'open',
    density: cookie('qd-density') === 'compact' ? 'compact' : 'normal',
    diff: cookie('qd-diff') === 'split' ? 'split' : 'unified',
    hidden: words(cookie('qd-hidden') ?? DEFAULT_PREFERENCES.hidden.join('.'), /^[a-z]{1,20}$/),
    order: words(cookie('qd-order'), /^[a-z]{1,20}$/),
    widths: words(cookie('qd-widths'), /^[a-z]{1,20}_\d{2,4}$/),
  };
}

function words(text: string | undefined, shape: RegExp): string[] {
  return (text ?? '')
    .split('.')
    .filter((word) => shape.test(word))
    .slice(0, 30);
}

/** Keeps changed preferences for a year. Browser only. */
export function keepPreferences(changed: Partial<Preferences>): void {
  for (const [name, value] of Object.entries(changed)) {
    const text = Array.isArray(value) ? value.join('.') : String(value);
    document.cookie = `qd-${name}=${text}; path=/; max-age=${YEAR}; samesite=lax`;
  }
}
