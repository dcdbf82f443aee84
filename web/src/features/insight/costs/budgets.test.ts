import { expect, test } from 'vitest';
import type { Channel } from '@/api/schema';
import { currencyOf, shareOf } from './budgets';

test('the share of a budget is exact and rounded down', () => {
  expect(shareOf({ spent: '7.999999', amount: '10' })).toBe(79);
  expect(shareOf({ spent: '8', amount: '10' })).toBe(80);
  expect(shareOf({ spent: '12.5', amount: '10' })).toBe(125);
  expect(shareOf({ spent: '0', amount: '0' })).toBe(100);
});

test('a budget begins in the currency of its number', () => {
  const channels = [
    { id: 'a', currency: null },
    { id: 'b', currency: 'INR' },
  ] as unknown as Channel[];
  expect(currencyOf(channels, 'b')).toBe('INR');
  expect(currencyOf(channels, null)).toBe('INR');
  expect(currencyOf(channels, 'a')).toBe('USD');
  expect(currencyOf([], null)).toBe('USD');
});
