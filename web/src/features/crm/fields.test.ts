import { expect, test } from 'vitest';
import type { CustomField } from '@/api/schema';
import { changedValues, draftOf, valueOf } from './fields';

const field = (key: string, type: CustomField['type']): CustomField => ({
  key,
  name: key,
  type,
  choices: [],
  requiredAt: [],
});

test('a value survives the form', () => {
  for (const [type, value] of [
    ['text', 'Acme'],
    ['number', 12.5],
    ['boolean', false],
    ['multiple_choice', ['Gold']],
    ['date', '2026-12-24'],
  ] as const) {
    expect(valueOf(field('a', type), draftOf(typeof value === 'object' ? [...value] : value))).toEqual(value);
  }
  expect(valueOf(field('a', 'text'), ' ')).toBeNull();
  expect(valueOf(field('a', 'number'), 'many')).toBe('many');
});

test('only what was changed is sent, and an empty value is removed', () => {
  const fields = [field('a', 'text'), field('b', 'number'), field('c', 'multiple_choice')];
  expect(changedValues(fields, { a: 'x', b: 2 }, { a: 'x', b: '', c: ['Gold'] })).toEqual({
    b: null,
    c: ['Gold'],
  });
});
