import { expect, test } from 'vitest';
import { asField, isAfterWindow, laterTimes } from './later';

test('the next morning and Monday morning are offered, and on a Sunday they are one', () => {
  const named = (now: Date) => laterTimes(now).map(({ name, at }) => [name, at.getDay(), at.getHours()]);
  expect(named(new Date(2026, 8, 23, 15, 30))).toEqual([
    ['tomorrow', 4, 9],
    ['monday', 1, 9],
  ]);
  expect(named(new Date(2026, 8, 27, 15, 30))).toEqual([['tomorrow', 1, 9]]);
  expect(laterTimes(new Date(2026, 8, 28, 8))[1]?.at).toEqual(new Date(2026, 9, 5, 9));
});

test('a time stands in its field as the clock on the wall shows it', () => {
  expect(asField(new Date(2026, 0, 5, 9, 7))).toBe('2026-01-05T09:07');
});

test('a time after the window is told from one before it', () => {
  const at = new Date('2026-09-21T12:00:00Z');
  expect(isAfterWindow(at, '2026-09-21T12:00:01Z')).toBe(false);
  expect(isAfterWindow(at, '2026-09-21T12:00:00Z')).toBe(true);
  expect(isAfterWindow(at, null)).toBe(true);
});
