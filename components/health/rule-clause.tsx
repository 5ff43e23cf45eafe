import { HEALTH_STATUSES } from '#lib/domain/health/status.ts';
import type { HealthRuleView } from '#lib/contracts/health-rules.ts';
import { Button } from '#components/ui/button.tsx';
import { AreaField, SelectField, TextField } from '#components/ui/field.tsx';

export type ClauseDraft = HealthRuleView['clauses'][number];

const STATUSES = HEALTH_STATUSES.filter((status) => status !== 'Terminating');

interface ClauseProps {
  number: number;
  clause: ClauseDraft;
  onChange: (change: Partial<ClauseDraft>) => void;
  problem: (field: keyof ClauseDraft) => string | undefined;
  onUp?: () => void;
  onRemove?: () => void;
}

/** One clause: when it holds, which health that is, and what people read. */
export function RuleClause({ number, clause, onChange, problem, onUp, onRemove }: ClauseProps) {
  return (
    <fieldset className="space-y-3 rounded-lg border border-line-strong/70 p-3">
      <legend className="px-1 text-xs font-semibold">Clause {number}</legend>
      <AreaField
        label="When"
        mono
        rows={2}
        required
        maxLength={2_000}
        hint="Gives true or false. Guard fields that may be absent: has(object.status.phase), or object.?status."
        value={clause.when}
        onChange={(when) => onChange({ when })}
        error={problem('when')}
      />
      <div className="grid gap-3 sm:grid-cols-[1fr_2fr]">
        <SelectField
          label="Health"
          value={clause.status}
          choices={STATUSES.map((status) => ({ value: status, label: status }))}
          onChange={(value) => {
            const status = STATUSES.find((one) => one === value);
            if (status !== undefined) onChange({ status });
          }}
          error={problem('status')}
        />
        <TextField
          label="Message"
          maxLength={500}
          value={clause.message}
          onChange={(message) => onChange({ message })}
          error={problem('message')}
        />
      </div>
      <TextField
        label="Message as an expression"
        mono
        maxLength={2_000}
        hint="Gives text, shown instead of the message. Leave it empty for the message alone."
        value={clause.messageExpression}
        onChange={(messageExpression) => onChange({ messageExpression })}
        error={problem('messageExpression')}
      />
      {(onUp !== undefined || onRemove !== undefined) && (
        <div className="flex justify-end gap-1.5">
          {onUp !== undefined && (
            <Button size="small" look="ghost" aria-label={`Move clause ${number} up`} onClick={onUp}>
              Move up
            </Button>
          )}
          {onRemove !== undefined && (
            <Button size="small" look="ghost" aria-label={`Remove clause ${number}`} onClick={onRemove}>
              Remove
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
