import { expect, test } from 'vitest';
import type { CustomField, LeadFilter } from '@/api/schema';
import { filterOf, groupOf, testsOf } from './filter';

const seats: CustomField = { key: 'seats', name: 'Seats', type: 'number', choices: [], requiredAt: [] };

test('a filter survives the dialog', () => {
  const filters: LeadFilter[] = [
    { all: [{ stage: ['Won'] }, { tag: ['vip'] }] },
    { any: [{ owner: ['none'] }, { activity: { withinDays: 7 } }] },
    { all: [{ created: { beforeDays: 30 } }, { consent: { kind: 'marketing', allowed: null } }] },
    { all: [{ field: { key: 'seats', atLeast: 5 } }, { field: { key: 'seats', isEmpty: false } }] },
  ];
  for (const filter of filters) {
    const group = groupOf(filter);
    expect(group && filterOf(group, [seats])).toEqual(filter);
  }
});

test('a nested filter is left to the API', () => {
  expect(groupOf({ not: { stage: ['Won'] } })).toBeNull();
  expect(groupOf({ all: [{ any: [{ stage: ['Won'] }] }] })).toBeNull();
  expect(groupOf({ stage: ['Won'] })?.conditions).toHaveLength(1);
});

test('only numbers and dates are compared by size', () => {
  expect(testsOf('number')).toContain('atLeast');
  expect(testsOf('choice')).toEqual(['is', 'isFilled', 'isEmpty']);
});
