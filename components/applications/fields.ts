import type { Draft } from './declaration.ts';

export interface FieldsProps {
  draft: Draft;
  onChange: (changed: Partial<Draft>) => void;
  /** Message of the server for a field of the declaration. */
  problem: (...paths: string[]) => string | undefined;
}

export function choicesOf(items: readonly { id: string; name: string }[] | undefined) {
  return [{ value: '', label: 'Choose…' }, ...(items ?? []).map((item) => ({ value: item.id, label: item.name }))];
}
