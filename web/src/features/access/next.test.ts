import { expect, test } from 'vitest';
import { readNext } from './next';

test('sign-in leads back to a page of the console', () => {
  expect(readNext('/inbox/cnv_1?tab=mine')).toBe('/inbox/cnv_1?tab=mine');
});

test('sign-in leads to no other site and not to itself', () => {
  for (const other of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'inbox',
    7,
    '/sign-in?next=/x',
    '/join',
  ]) {
    expect(readNext(other)).toBeUndefined();
  }
});
