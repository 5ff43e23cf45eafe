'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

const CONTROL =
  'w-full rounded-[7px] border border-control bg-surface px-2.5 text-text outline-offset-0 disabled:opacity-60 aria-invalid:border-bad';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  children: (props: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  return (
    <div className={cn('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-xs font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': error !== undefined })}
      <p id={`${id}-note`} className={cn('mt-1 text-xs', error === undefined ? 'text-mute' : 'font-medium text-bad')}>
        {error ?? hint}
      </p>
    </div>
  );
}

type TextProps = Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string | undefined;
  mono?: boolean;
};

export function TextField({ label, hint, error, className, mono = false, onChange, ...rest }: TextProps) {
  return (
    <Field label={label} hint={hint} error={error} className={className ?? ''}>
      {(bound) => (
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          {...rest}
          {...bound}
          onChange={(event) => onChange(event.target.value)}
          className={cn(CONTROL, 'h-8', mono ? 'font-mono text-xs' : 'text-sm')}
        />
      )}
    </Field>
  );
}

type AreaProps = Omit<ComponentProps<'textarea'>, 'onChange' | 'value'> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string | undefined;
  mono?: boolean;
};

export function AreaField({ label, hint, error, className, mono = false, onChange, rows = 4, ...rest }: AreaProps) {
  return (
    <Field label={label} hint={hint} error={error} className={className ?? ''}>
      {(bound) => (
        <textarea
          spellCheck={false}
          autoComplete="off"
          rows={rows}
          {...rest}
          {...bound}
          onChange={(event) => onChange(event.target.value)}
          className={cn(CONTROL, 'py-1.5', mono ? 'font-mono text-xs leading-relaxed' : 'text-sm')}
        />
      )}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
}

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly Choice[];
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  disabled?: boolean;
}

export function SelectField({ label, value, onChange, choices, hint, error, className, disabled }: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} className={className ?? ''}>
      {(bound) => (
        <select
          {...bound}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
          className={cn(CONTROL, 'h-8 pr-7 text-sm')}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A select whose label only screen readers hear, for filter bars. */
export function SelectFilter({
  label,
  value,
  onChange,
  choices,
}: Pick<SelectProps, 'label' | 'value' | 'onChange' | 'choices'>) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-[30px] rounded-[7px] border border-line-strong/70 bg-surface px-2 text-xs font-medium"
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

interface CheckProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function CheckField({ label, hint, checked, onChange, disabled }: CheckProps) {
  const id = useId();
  return (
    <div className="flex gap-2">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-[3px] size-4 shrink-0 accent-[var(--accent)]"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-note`} className="text-xs text-mute">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

interface RadioProps {
  legend: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string; hint?: ReactNode; disabled?: boolean }[];
}

/** One of a few, each with a sentence. */
export function RadioCards({ legend, name, value, onChange, choices }: RadioProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium">{legend}</legend>
      <div className="grid gap-2 sm:grid-cols-[repeat(auto-fit,minmax(150px,1fr))]">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={cn(
              'flex gap-2 rounded-lg border px-3 py-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
              value === choice.value ? 'border-accent bg-blue-soft/50' : 'border-line-strong/70 hover:bg-hover',
              choice.disabled === true && 'opacity-60',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
              className="mt-[3px] shrink-0 accent-[var(--accent)]"
            />
            <span className="min-w-0">
              <span className="font-medium">{choice.label}</span>
              {choice.hint !== undefined && <span className="block text-xs text-mute">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
