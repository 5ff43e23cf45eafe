import { describe, expect, it } from 'vitest';
import { differenceOf, hiddenNote, shownText } from './hunks.ts';

const SECRET = (hash: string) => `kind: Secret\ndata:\n  host: ••••••#${'a'.repeat(12)}\n  password: ••••••#${hash}\n`;

describe('differenceOf', () => {
  it('gives changed lines with their numbers and context', () => {
    const { hunks, source } = differenceOf('a\nb\nc\nd\ne\n', 'a\nb\nX\nd\ne\n', 1);
    expect(hunks).toHaveLength(1);
    expect(hunks[0]?.changes.map((change) => `${change.type} ${change.content}`)).toEqual([
      'normal b',
      'delete c',
      'insert X',
      'normal d',
    ]);
    expect(hunks[0]).toMatchObject({ oldStart: 2, oldLines: 3, newStart: 2, newLines: 3 });
    expect(source).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('shows a hidden value as changed when only its hash differs, and shows no hash', () => {
    const difference = differenceOf(SECRET('1'.repeat(12)), SECRET('2'.repeat(12)), 3);
    const changes = difference.hunks.flatMap((hunk) => hunk.changes);
    expect(
      changes.map((change) => [change.type, change.content.trim(), hiddenNote(change, difference.hidden)]),
    ).toEqual([
      ['normal', 'kind: Secret', null],
      ['normal', 'data:', null],
      ['normal', 'host: ••••••', 'same, hidden'],
      ['delete', 'password: ••••••', 'changed, hidden'],
      ['insert', 'password: ••••••', 'changed, hidden'],
    ]);
    expect(JSON.stringify(difference.hunks) + difference.source.join('\n')).not.toMatch(/#[0-9a-f]{12}/);
  });

  it('takes a text that ends without a line feed', () => {
    const { hunks } = differenceOf('a\nb', 'a\nc', 3);
    expect(hunks[0]?.changes.map((change) => change.content)).toEqual(['a', 'b', 'c']);
  });
});

it('hides every hash of a line', () => {
  expect(shownText(`x ••••••#${'0'.repeat(12)} y ••••••#${'f'.repeat(12)}`)).toBe('x •••••• y ••••••');
});
