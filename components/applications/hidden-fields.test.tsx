import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { HiddenObject } from '#lib/contracts/ignore-rules.ts';
import { NeedsReplace } from '#components/diff/needs-replace.tsx';
import { HiddenFields } from './hidden-fields.tsx';

const text = (markup: string): string =>
  markup
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const field = { desired: '1', live: '2', level: 'project' as const, owner: 'ada', reason: 'tuned by hand' };
const object: HiddenObject = {
  key: '/ConfigMap/shop/a',
  kind: 'ConfigMap',
  name: 'a',
  namespace: 'shop',
  fields: [
    { ...field, path: 'data.level', rule: 'data of ConfigMap' },
    { ...field, path: 'data.mode', rule: 'data of ConfigMap' },
    { path: '', level: 'object', rule: 'x: Ignore', owner: '', reason: 'It asks for it.' },
  ],
};

describe('HiddenFields', () => {
  it('counts differences and rules, and names each with its rule, owner and reason', () => {
    const shown = text(renderToStaticMarkup(<HiddenFields objects={[object]} expired={[]} />));
    expect(shown).toContain('3 differences hidden by 2 rules');
    expect(shown).toContain('rule of its project: data of ConfigMap · owned by ada · tuned by hand');
    expect(shown).toContain('the object itself : Git not set , live not set');
    expect(shown).toContain('annotation of the object: x: Ignore · It asks for it.');
  });

  it('tells of a rule that is over, although nothing is hidden', () => {
    const rule = { level: 'application' as const, rule: 'data of ConfigMap', owner: 'ada', reason: 'was tuned' };
    const expired = [{ ...rule, expiresAt: '2026-01-01T00:00:00.000Z' }];
    const shown = text(renderToStaticMarkup(<HiddenFields objects={[]} expired={expired} />));
    expect(shown).toContain('hides nothing any more: data of ConfigMap. ada owns it: was tuned');
    expect(shown).not.toContain('hidden by');
  });

  it('says nothing where nothing is hidden', () => {
    expect(renderToStaticMarkup(<HiddenFields objects={[]} expired={[]} />)).toBe('');
  });
});

describe('NeedsReplace', () => {
  it('names the field and why, and nothing where nothing needs it', () => {
    const fields = [{ path: 'spec.selector', why: 'settled when it is made' }];
    expect(text(renderToStaticMarkup(<NeedsReplace fields={fields} />))).toBe(
      'Needs replace spec.selector settled when it is made',
    );
    expect(renderToStaticMarkup(<NeedsReplace fields={[]} />)).toBe('');
  });
});
