'use client';

import type { PlannedObject } from '#lib/contracts/operations.ts';
import { CheckField } from '#components/ui/field.tsx';

interface PruneProps {
  prune: boolean;
  /** Keys of the objects that are pruned although they ask to be confirmed. */
  confirmed: readonly string[];
  objects: readonly PlannedObject[];
  disabled: boolean;
  onChange: (prune: boolean, confirmed: string[]) => void;
}

/** Whether what Git no longer has is deleted, and which of those that ask a person to say so once more. */
export function PruneChoices({ prune, confirmed, objects, disabled, onChange }: PruneProps) {
  return (
    <>
      <CheckField
        label="Prune: delete objects that are no longer in Git"
        hint="Only what this application owns. The plan names each one."
        checked={prune}
        disabled={disabled}
        onChange={(on) => onChange(on, [])}
      />
      {prune && (
        <Confirmations
          objects={objects}
          confirmed={confirmed}
          disabled={disabled}
          onChange={(next) => onChange(true, next)}
        />
      )}
    </>
  );
}

function Confirmations({
  objects,
  confirmed,
  disabled,
  onChange,
}: Pick<PruneProps, 'objects' | 'confirmed' | 'disabled'> & { onChange: (confirmed: string[]) => void }) {
  const asking = objects.filter((each) => each.asksConfirmation);
  if (asking.length === 0) return null;
  return (
    <fieldset className="min-w-0 rounded-lg border border-amber/50 px-3 py-2">
      <legend className="px-1 text-xs font-medium text-amber">Stay unless you choose them (Prune=confirm)</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {asking.map(({ key, kind, name, namespace }) => (
          <CheckField
            key={key}
            label={`Prune ${kind} ${name}`}
            hint={namespace}
            checked={confirmed.includes(key)}
            disabled={disabled}
            onChange={(on) => onChange(on ? [...confirmed, key] : confirmed.filter((each) => each !== key))}
          />
        ))}
      </div>
    </fieldset>
  );
}
