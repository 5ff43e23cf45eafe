'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { DEFAULT_PREFERENCES, keepPreferences, type Preferences } from '#lib/client/preferences.ts';

interface PreferenceStore {
  preferences: Preferences;
  prefer: (changed: Partial<Preferences>) => void;
}

const PreferenceContext = createContext<PreferenceStore>({ preferences: DEFAULT_PREFERENCES, prefer: () => undefined });

export function PreferenceProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const prefer = useCallback((changed: Partial<Preferences>) => {
    keepPreferences(changed);
    if (changed.theme !== undefined) {
      const root = document.documentElement;
      if (changed.theme === 'system') delete root.dataset['theme'];
      else root.dataset['theme'] = changed.theme;
    }
    setPreferences((before) => ({ ...before, ...changed }));
  }, []);
  const store = useMemo(() => ({ preferences, prefer }), [preferences, prefer]);
  return <PreferenceContext value={store}>{children}</PreferenceContext>;
}

export function usePreferences(): PreferenceStore {
  return useContext(PreferenceContext);
}
