import { expect, test } from 'vitest';
import type { Lead } from '@/api/schema';
import { readListSearch, sorted } from './search';

const leads = [
  { name: 'Ángel', stage: 'Won', lastMessageAt: null },
  { name: 'Bo', stage: 'New', lastMessageAt: '2026-09-21T12:00:00.000Z' },
  { name: 'Ana', stage: 'Incoming', lastMessageAt: '2026-09-21T10:00:00.000Z' },
] as Lead[];
const names = (list: readonly Lead[]) => list.map(({ name }) => name);

test('an address with unknown words shows everything', () => {
  expect(readListSearch({ stage: 'Gone', sort: 'phone', order: 'up' })).toEqual({});
  expect(readListSearch({ stage: 'Won,New,Gone' })).toEqual({ stage: 'New,Won' });
});

test('an address keeps the filters that the table knows', () => {
  const filter = { owner: 'me', source: 'Referral', tag: 'vip', q: 'asha' };
  expect(readListSearch(filter)).toEqual(filter);
  expect(readListSearch({ owner: 'Bo', source: 'Fax', tag: ' ', q: 7 })).toEqual({});
});

test('names sort by the language, stages by the sale', () => {
  expect(names(sorted(leads, { sort: 'name', order: 'ascending' }, 'es'))).toEqual(['Ana', 'Ángel', 'Bo']);
  expect(names(sorted(leads, { sort: 'stage', order: 'ascending' }, 'en'))).toEqual(['Bo', 'Ana', 'Ángel']);
  expect(names(sorted(leads, { sort: 'lastMessageAt', order: 'descending' }, 'en'))).toEqual([
    'Bo',
    'Ana',
    'Ángel',
  ]);
});
