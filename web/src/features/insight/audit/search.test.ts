import { expect, test } from 'vitest';
import { askedOf, dayBegins, readAuditSearch } from './search';

test('an address with unknown words filters nothing', () => {
  expect(readAuditSearch({ action: '<b>', by: 'Ana', from: 'yesterday', page: 2 })).toEqual({});
});

test('days are those of the business, and the last one is shown whole', () => {
  expect(askedOf({ from: '2026-11-30', to: '2026-11-30' }, 'Asia/Kolkata')).toEqual({
    from: '2026-11-29T18:30:00.000Z',
    to: '2026-11-30T18:30:00.000Z',
  });
});

test('a day on which the clock changes begins at its own midnight', () => {
  expect(dayBegins('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(dayBegins('2026-03-29', 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z');
});
