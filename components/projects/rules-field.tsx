import type { ProjectView } from '#lib/contracts/projects.ts';
import { ApiError } from '#lib/client/api.ts';
import { AreaField } from '#components/ui/field.tsx';

type Rules = ProjectView['ignoreRules'];

export const rulesText = (rules: Rules): string => JSON.stringify(rules, null, 2);

/** The rules a text means; the server judges them. Throws ApiError for what is no JSON. */
export function readRules(text: string): Rules {
  try {
    // The server checks every rule and names the field that is wrong.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(text.trim() === '' ? '[]' : text) as Rules;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ApiError({
      status: 400,
      detail: 'Ignore rules are not valid JSON.',
      fields: [{ path: 'ignoreRules', message }],
    });
  }
}

interface RulesFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** Ignore rules as JSON: few and exact. */
export function RulesField({ label, value, onChange, error }: RulesFieldProps) {
  return (
    <AreaField
      label={label}
      mono
      rows={value === '[]' ? 2 : 8}
      value={value}
      onChange={onChange}
      error={error}
      hint={
        'For example [{ "kind": "Deployment", "paths": ["spec.replicas"], "owner": "ada", "reason": "scaled by KEDA", "expiresAt": "2027-01-31T00:00:00Z" }]'
      }
    />
  );
}
