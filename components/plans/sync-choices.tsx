'use client';

import type { PlannedObject } from '#lib/contracts/operations.ts';
import { Button } from '#components/ui/button.tsx';
import { CheckField } from '#components/ui/field.tsx';

/** What a person chooses about a sync; the lists hold object keys. */
export interface Choices {
  prune: boolean;
  /** Pruned although they ask to be confirmed. */
  confirmed?: string[] | undefined;
  /** Applied although other managers set their fields otherwise. */
  takeOver?: string[] | undefined;
}

interface ChoicesProps {
  choices: Choices;
  objects: readonly PlannedObject[];
  disabled: boolean;
  onChange: (choices: Choices) => void;
}

/** Whether what Git no longer has is deleted, and which of the objects that ask a person are pruned or taken over. */
export function SyncChoices({ choices, objects, disabled, onChange }: ChoicesProps) {
  const { prune, confirmed = [], takeOver = [] } = choices;
  const contested = objects.filter((each) => each.contested.length > 0);
  return (
    <>
      <CheckField
        label="Prune: delete objects that are no longer in Git"
        hint="Only what this application owns. The plan names each one."
        checked={prune}
        disabled={disabled}
        onChange={(on) => onChange({ ...choices, prune: on, confirmed: [] })}
      />
      {prune && (
        <Asking
          legend="Stay unless you choose them (Prune=confirm)"
          objects={objects.filter((each) => each.asksConfirmation)}
          chosen={confirmed}
          words={({ kind, name, namespace }) => ({ label: `Prune ${kind} ${name}`, hint: namespace })}
          disabled={disabled}
          onChange={(next) => onChange({ ...choices, confirmed: next })}
        />
      )}
      <Asking
        legend="Somebody else set fields that Git sets too: left as they are unless you choose them"
        objects={contested}
        chosen={takeOver}
        words={({ kind, name, contested: fields }) => ({
          label: `Take over ${kind} ${name}`,
          hint: fields.map(({ field, manager }) => `${field} is set by ${manager}`).join('; '),
        })}
        disabled={disabled}
        onChange={(next) => onChange({ ...choices, takeOver: next })}
      />
    </>
  );
}

interface AskingProps {
  legend: string;
  objects: readonly PlannedObject[];
  chosen: readonly string[];
  words: (object: PlannedObject) => { label: string; hint: string };
  disabled: boolean;
  onChange: (chosen: string[]) => void;
}

function Asking({ legend, objects, chosen, words, disabled, onChange }: AskingProps) {
  if (objects.length === 0) return null;
  return (
    <fieldset className="min-w-0 rounded-lg border border-amber/50 px-3 py-2">
      <legend className="px-1 text-xs font-medium text-amber">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {objects.map((object) => (
          <CheckField
            key={object.key}
            {...words(object)}
            checked={chosen.includes(object.key)}
            disabled={disabled}
            onChange={(on) => onChange(on ? [...chosen, object.key] : chosen.filter((each) => each !== object.key))}
          />
        ))}
      </div>
      {objects.length > 1 && chosen.length < objects.length && (
        <div className="mt-2">
          <Button size="small" disabled={disabled} onClick={() => onChange(objects.map(({ key }) => key))}>
            Choose all {objects.length}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
