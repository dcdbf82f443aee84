import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { areasOf, fieldsOf, innerOf, limitsOf, matchingAreas, typeOf, variantsOf, type Spec } from './spec';

const file = new URL('../../../../../functions/api/openapi.json', import.meta.url);
const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;

test('every operation of the description stands in one area', () => {
  const shown = areasOf(spec).flatMap(({ operations }) => operations);
  const all = Object.values(spec.paths).flatMap((methods) => Object.keys(methods));
  expect(shown).toHaveLength(all.length);
  expect(new Set(shown.map(({ id }) => id)).size).toBe(all.length);
});

test('an operation is found by method, path and words', () => {
  const found = matchingAreas(areasOf(spec), 'patch LEADS');
  const paths = found.flatMap(({ operations }) => operations.map(({ path }) => path));
  expect(paths).toContain('/api/leads/{id}');
  expect(paths.every((path) => path.startsWith('/api/leads/'))).toBe(true);
});

test('types and limits stand in a line', () => {
  expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/Lead' } })).toBe('Lead[]');
  expect(typeOf({ anyOf: [{ $ref: '#/components/schemas/Stage' }, { type: 'null' }] })).toBe('Stage | null');
  expect(limitsOf({ type: 'integer', minimum: 1, maximum: 100, default: 20 })).toBe('1–100 · default 20');
});

test('a line of a timeline unfolds to what all have, and to each kind', () => {
  const line = { $ref: '#/components/schemas/TimelineLine' };
  expect(fieldsOf(spec, line).map(([name]) => name)).toContain('description');
  expect(variantsOf(spec, line).length).toBeGreaterThan(3);
});

test('a page unfolds to what it lists', () => {
  const page = { $ref: '#/components/schemas/LeadPage' };
  expect(fieldsOf(spec, page).map(([name]) => name)).toEqual(['items', 'nextCursor']);
  const [, items] = fieldsOf(spec, page)[0] ?? [];
  const lead = items && innerOf(spec, items);
  expect(lead && fieldsOf(spec, lead).map(([name]) => name)).toContain('stage');
});
