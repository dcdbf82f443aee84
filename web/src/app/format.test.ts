import { expect, test } from 'vitest';
import { formatsOf } from './format';

const now = Date.parse('2026-11-30T20:00:00Z');

test('a list shows the time today, then the day in words, then the date, in the zone of the business', () => {
  const { brief } = formatsOf('en', 'Asia/Kolkata');
  // 01:30 on 1 December in Kolkata.
  expect(brief('2026-11-30T19:00:00Z', now)).toBe('12:30 AM');
  expect(brief('2026-11-30T17:00:00Z', now)).toBe('yesterday');
  expect(brief('2026-11-27T17:00:00Z', now)).toBe('Fri');
  expect(brief('2026-09-27T17:00:00Z', now)).toBe('Sep 27');
  expect(brief('2025-09-27T17:00:00Z', now)).toBe('Sep 27, 2025');
});

test('what is left of the window is said in whole hours, under an hour in minutes, and not when it is over', () => {
  const { left } = formatsOf('en', 'UTC');
  expect(left('2026-12-01T17:30:00Z', now)).toBe('21h');
  expect(left('2026-11-30T20:48:30Z', now)).toBe('48m');
  expect(left('2026-11-30T19:59:00Z', now)).toBeNull();
});
