import { expect, test } from 'vitest';
import {
  buttonsOf,
  emptyButtons,
  emptyRow,
  lengthOf,
  LIMITS,
  listOf,
  mayAddButton,
  mayAddRow,
  mayAddSection,
  moved,
  troublesOfButtons,
  troublesOfList,
  type ButtonsDraft,
  type ListDraft,
} from './interactive';

const buttons: ButtonsDraft = { header: '', body: 'Shall we?', footer: '', titles: ['Yes', 'No'] };
const list: ListDraft = {
  header: '',
  body: 'When?',
  footer: '',
  button: 'Times',
  sections: [{ title: '', rows: [{ title: 'Ten', description: '' }] }],
};
const places = (troubles: ReadonlyMap<string, unknown>) => [...troubles.keys()];

test('a draft within all limits has no trouble', () => {
  expect(places(troublesOfButtons(buttons))).toEqual([]);
  expect(places(troublesOfList(list))).toEqual([]);
});

test('what has to be said and is not is named', () => {
  expect(places(troublesOfButtons(emptyButtons))).toEqual(['body', 'titles.0']);
  expect(troublesOfButtons({ ...buttons, titles: ['Yes', '  '] }).get('titles.1')).toEqual({ is: 'empty' });
});

test.each([
  ['header', LIMITS.header],
  ['body', LIMITS.buttonsBody],
  ['footer', LIMITS.footer],
] as const)('one character over the limit of %s is named with the limit', (field, limit) => {
  expect(places(troublesOfButtons({ ...buttons, [field]: 'x'.repeat(limit) }))).toEqual([]);
  const over = troublesOfButtons({ ...buttons, [field]: 'x'.repeat(limit + 1) });
  expect(over.get(field)).toEqual({ is: 'long', limit });
});

test("each of a list's texts has its limit", () => {
  const long = (count: number) => 'x'.repeat(count + 1);
  const troubles = troublesOfList({
    header: long(LIMITS.header),
    body: long(LIMITS.listBody),
    footer: long(LIMITS.footer),
    button: long(LIMITS.listButton),
    sections: [
      {
        title: long(LIMITS.sectionTitle),
        rows: [{ title: long(LIMITS.rowTitle), description: long(LIMITS.rowDescription) }],
      },
    ],
  });
  expect(places(troubles)).toEqual([
    'header',
    'body',
    'footer',
    'button',
    'sections.0.title',
    'sections.0.rows.0.title',
    'sections.0.rows.0.description',
  ]);
});

test('characters are counted as people count them', () => {
  expect(lengthOf('😀é')).toBe(2);
  expect(places(troublesOfButtons({ ...buttons, titles: ['😀'.repeat(20)] }))).toEqual([]);
});

test('two buttons or two rows of one name are refused, whatever their case', () => {
  expect(troublesOfButtons({ ...buttons, titles: ['Yes', 'yes '] }).get('titles.1')).toEqual({ is: 'twice' });
  const sections = [
    { title: 'A', rows: [{ title: 'Ten', description: '' }] },
    { title: 'B', rows: [{ title: 'ten', description: '' }] },
  ];
  const troubles = troublesOfList({ ...list, sections });
  expect(troubles.get('sections.1.rows.0.title')).toEqual({ is: 'twice' });
});

test('several sections need a name each, one alone does not', () => {
  const sections = [
    { title: '', rows: [{ title: 'Ten', description: '' }] },
    { title: 'B', rows: [{ title: 'Two', description: '' }] },
  ];
  expect(places(troublesOfList({ ...list, sections }))).toEqual(['sections.0.title']);
});

test('ten rows in all sections together, three buttons', () => {
  const rows = (count: number) => Array.from({ length: count }, () => emptyRow);
  const full = {
    ...list,
    sections: [
      { title: 'A', rows: rows(6) },
      { title: 'B', rows: rows(4) },
    ],
  };
  expect([mayAddRow(full), mayAddSection(full)]).toEqual([false, false]);
  expect(mayAddRow({ ...list, sections: [{ title: 'A', rows: rows(9) }] })).toBe(true);
  expect([mayAddButton(buttons), mayAddButton({ ...buttons, titles: ['a', 'b', 'c'] })]).toEqual([
    true,
    false,
  ]);
});

test('one moves up or down, and nothing moves past the ends', () => {
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
});

test('what is sent has no empty fields and no space around', () => {
  expect(buttonsOf({ ...buttons, body: ' Shall we? ', header: '  ' })).toEqual({
    body: 'Shall we?',
    buttons: [
      { id: 'Yes', title: 'Yes' },
      { id: 'No', title: 'No' },
    ],
  });
  expect(listOf(list)).toEqual({
    body: 'When?',
    button: 'Times',
    sections: [{ rows: [{ id: 'Ten', title: 'Ten' }] }],
  });
});
