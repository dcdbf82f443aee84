import { expect, test } from 'vitest';
import { initials } from './Avatar';

test('initials come from the first and the last word, in any script', () => {
  expect(initials('Asha Rao')).toBe('AR');
  expect(initials('Maria da Silva Souza')).toBe('MS');
  expect(initials('@chidi.o')).toBe('CO');
  expect(initials('Mehmet')).toBe('ME');
  expect(initials('+49 151 555 0188')).toBe('88');
  expect(initials('<b>')).toBe('B');
  expect(initials('👍')).toBe('?');
});
