import { expect, test } from 'vitest';
import { mentionsIn } from './notes';

test('a note mentions whom it names after an @', () => {
  const users = [
    { id: 'usr_1', name: 'Ana Silva' },
    { id: 'usr_2', name: 'Bo' },
  ];
  expect(mentionsIn('Please call, @ana silva!', users)).toEqual(['usr_1']);
  expect(mentionsIn('Ana Silva knows', users)).toEqual([]);
});
