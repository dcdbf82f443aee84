import { expect, test } from 'vitest';
import type { Lead } from '@/api/schema';
import type { Pages } from '@/api/pages';
import { placeLead } from './place';

const lead = (id: string, stage: Lead['stage'], lastMessageAt: string | null) =>
  ({ id, stage, lastMessageAt }) as Lead;
const list = (...pages: Lead[][]): Pages<Lead> => ({
  pageParams: pages.map(() => null),
  pages: pages.map((items, index) => ({ items, nextCursor: index < pages.length - 1 ? 'more' : null })),
});
const ids = (pages: Pages<Lead>) => pages.pages.map(({ items }) => items.map(({ id }) => id));

const a = lead('a', 'Incoming', '2026-09-21T12:00:00.000Z');
const b = lead('b', 'Incoming', '2026-09-21T10:00:00.000Z');
const moved = lead('m', 'Incoming', '2026-09-21T11:00:00.000Z');

test('a moved lead stands by its last message', () => {
  expect(ids(placeLead(list([a], [b]), moved, ['Incoming']))).toEqual([['a'], ['m', 'b']]);
  expect(ids(placeLead(list([]), moved, ['Incoming']))).toEqual([['m']]);
});

test('it leaves the list of its former stage', () => {
  expect(ids(placeLead(list([a, { ...moved, stage: 'New' }]), moved, ['New']))).toEqual([['a']]);
});

test('a list of all stages keeps it once', () => {
  expect(ids(placeLead(list([a, moved, b]), { ...moved, stage: 'Won' }, []))).toEqual([['a', 'm', 'b']]);
});

test('a lead without a message comes last', () => {
  expect(ids(placeLead(list([a, b]), lead('n', 'Incoming', null), ['Incoming']))).toEqual([['a', 'b', 'n']]);
});
