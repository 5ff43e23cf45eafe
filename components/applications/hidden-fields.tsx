import type { ExpiredRule, HiddenObject } from '#lib/contracts/ignore-rules.ts';
import { plural } from '#lib/client/format.ts';
import { Notice } from '#components/ui/states.tsx';
import { Time } from '#components/ui/time.tsx';

interface HiddenProps {
  objects: readonly HiddenObject[];
  expired: readonly ExpiredRule[];
}

type HiddenField = HiddenObject['fields'][number];

const LEVEL_WORDS: Readonly<Record<HiddenField['level'], string>> = {
  application: 'rule of this application',
  project: 'rule of its project',
  system: 'rule for all applications',
  object: 'annotation of the object',
  'built-in': 'written by a controller by right',
};

/** What does not count as a difference, and on whose word. */
export function HiddenFields({ objects, expired }: HiddenProps) {
  const fields = objects.flatMap((object) => object.fields);
  const rules = new Set(fields.map(({ level, rule }) => `${level} ${rule}`));
  return (
    <>
      {expired.map((rule) => (
        <Notice key={`${rule.level} ${rule.rule}`}>
          An ignore rule ({LEVEL_WORDS[rule.level]}) ended <Time at={rule.expiresAt} /> and hides nothing any more:{' '}
          {rule.rule}
          {rule.owner !== '' && `. ${rule.owner} owns it`}
          {rule.reason !== '' && `: ${rule.reason}`}.
        </Notice>
      ))}
      {fields.length > 0 && (
        <details className="rounded-[10px] border border-line bg-surface text-sm">
          <summary className="cursor-pointer px-3.5 py-2 font-medium">
            {plural(fields.length, 'difference')} hidden by {plural(rules.size, 'rule')}
          </summary>
          <ul aria-label="Hidden differences" className="border-t border-line">
            {objects.map((object) => (
              <li key={object.key} className="border-t border-line px-3.5 py-2 first:border-0">
                <p>
                  <b className="font-semibold">{object.kind}</b> <span className="break-all">{object.name}</span>
                </p>
                <ul className="mt-1 space-y-1.5">
                  {object.fields.map((field) => (
                    <HiddenLine key={field.path} field={field} />
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function HiddenLine({ field }: { field: HiddenField }) {
  return (
    <li className="text-xs">
      <p className="break-all">
        <code className="text-text">{field.path === '' ? 'the object itself' : field.path}</code>: Git{' '}
        <code>{valueText(field.desired)}</code>, live <code>{valueText(field.live)}</code>
      </p>
      <p className="text-mute">
        {LEVEL_WORDS[field.level]}: <span className="break-all">{field.rule}</span>
        {field.owner !== '' && ` · owned by ${field.owner}`}
        {field.reason !== '' && ` · ${field.reason}`}
      </p>
    </li>
  );
}

const LONGEST = 200;

function valueText(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
