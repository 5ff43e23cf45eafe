import { describe, expect, it } from 'vitest';
import { imagesOf } from './images.ts';

const pod = (images: string[]) => ({ containers: images.map((image) => ({ name: 'c', image })) });

describe('imagesOf', () => {
  it.each([
    ['a Pod', { spec: pod(['b:1', 'a:1']) }, ['a:1', 'b:1']],
    [
      'a Deployment',
      { spec: { template: { spec: { ...pod(['a:1']), initContainers: [{ image: 'i:1' }] } } } },
      ['a:1', 'i:1'],
    ],
    ['a CronJob', { spec: { jobTemplate: { spec: { template: { spec: pod(['a:1', 'a:1']) } } } } }, ['a:1']],
    ['a ConfigMap', { data: { image: 'no' } }, []],
    ['a container without an image', { spec: { containers: [{ name: 'c' }, null, 'x'] } }, []],
  ])('%s', (_, fields, expected) => {
    expect(imagesOf([{ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, ...fields }])).toEqual(expected);
  });

  it('does not follow a structure without end', () => {
    const deep: Record<string, unknown> = {};
    deep['again'] = deep;
    expect(imagesOf([{ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, spec: deep }])).toEqual([]);
  });
});
