import { expect, test } from 'vitest';
import { bodyOf, emptyDetails } from './details';

test('only what changed is sent, and an empty field removes its value', () => {
  const was = { ...emptyDetails, name: 'Asha', email: 'asha@example.com' };
  expect(bodyOf(was, was)).toEqual({});
  expect(bodyOf(was, { ...was, name: ' Asha Rao ', email: ' ' })).toEqual({ name: 'Asha Rao', email: null });
  expect(bodyOf(was, { ...was, tags: 'vip, , late payer' })).toEqual({ tags: ['vip', 'late payer'] });
});

test('a value goes with its currency, and without a value neither stands', () => {
  const was = { ...emptyDetails, value: '7', currency: 'EUR' };
  expect(bodyOf(was, { ...was, value: '1500.5' })).toEqual({ value: 1500.5, currency: 'EUR' });
  expect(bodyOf(was, { ...was, value: '' })).toEqual({ value: null, currency: null });
});
