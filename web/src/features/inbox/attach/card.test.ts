import { expect, test } from 'vitest';
import { cardOf, emptyCard, isPhone } from './card';

test('a card has the whole name, its parts, and the number in the form that WhatsApp knows', () => {
  expect(cardOf({ ...emptyCard, first: ' Ana ', last: 'Ruiz', phone: '+34 600 111 222' })).toEqual({
    name: 'Ana Ruiz',
    nameParts: { first: 'Ana', last: 'Ruiz' },
    phones: [{ phone: '+34 600 111 222', type: 'CELL', waId: '34600111222' }],
  });
});

test.each([
  ['+34 600 111-222', true],
  ['600 111 222', false],
  ['0034 600 111 222', false],
  ['+34', false],
  ['+34 ask Ana', false],
])('%s is a number with a country code: %s', (text, is) => {
  expect(isPhone(text)).toBe(is);
});
