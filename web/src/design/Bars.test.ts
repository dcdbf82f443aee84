import { expect, test } from 'vitest';
import { roundUp } from './Bars';

test('a scale ends with a round number that is not below the highest bar', () => {
  expect([0, 1, 3, 7, 12, 900, 0.03].map(roundUp)).toEqual([1, 1, 5, 10, 20, 1000, 0.05]);
});
