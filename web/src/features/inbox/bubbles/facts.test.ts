import { expect, test } from 'vitest';
import type { MediaView } from '../kinds';
import { answersOf, clockText, dialLink, mayFetchAgain, moneyText, totalOf, webLink } from './facts';

const item = (itemPrice: string, quantity: number, currency = 'EUR') => ({ itemPrice, quantity, currency });

test("an order's total is its prices times its quantities", () => {
  expect(totalOf({ items: [item('0.1', 3), item('249.99', 2)] })).toEqual({
    amount: 500.28,
    currency: 'EUR',
  });
});

test('an order has no total where a price cannot be read or another currency stands', () => {
  expect(totalOf({ items: [] })).toBeNull();
  expect(totalOf({ items: [item('1', 1), item('1', 1, 'USD')] })).toBeNull();
  expect(totalOf({ items: [item('1,5', 1)] })).toBeNull();
  expect(totalOf({ items: [{ currency: 'EUR', quantity: 1 }] })).toBeNull();
});

test('money has its currency, also an unknown one', () => {
  expect(moneyText({ amount: 500.28, currency: 'EUR' }, 'en')).toBe('€500.28');
  expect(moneyText({ amount: 5, currency: '??' }, 'en')).toBe('5 ??');
});

test("a form's answers are read field by field, without its token", () => {
  const response = JSON.stringify({
    flow_token: 't',
    screen_0_First_name_0: 'Ana',
    nights: 2,
    screen_1_Extras_1: ['0_Sea_view', '1_Breakfast'],
    terms: true,
  });
  expect(answersOf(response)).toEqual([
    { name: 'First name', value: 'Ana' },
    { name: 'nights', value: '2' },
    { name: 'Extras', value: 'Sea view, Breakfast' },
    { name: 'terms', value: 'true' },
  ]);
  expect(answersOf('not JSON')).toBeNull();
  expect(answersOf('[1]')).toBeNull();
});

test('a file is asked for again while WhatsApp keeps it and where that can help', () => {
  const at = '2026-11-01T10:00:00.000Z';
  const soon = Date.parse(at) + 1000;
  const media = (more: Partial<MediaView>): MediaView => ({
    id: 'med_1',
    state: 'failed',
    mimeType: 'image/jpeg',
    size: null,
    filename: null,
    width: null,
    height: null,
    url: null,
    thumbnailUrl: null,
    error: 'not_downloadable',
    ...more,
  });
  expect(mayFetchAgain(media({}), at, soon)).toBe(true);
  expect(mayFetchAgain(media({ state: 'expired', error: null }), at, soon)).toBe(true);
  expect(mayFetchAgain(media({}), at, soon + 8 * 86_400_000)).toBe(false);
  expect(mayFetchAgain(media({ error: 'too_large' }), at, soon)).toBe(false);
  expect(mayFetchAgain(media({ state: 'pending' }), at, soon)).toBe(false);
});

test('what comes from outside becomes a link only where it is one', () => {
  expect(webLink('https://example.com')).toBe('https://example.com');
  expect(webLink('javascript:alert(1)')).toBeNull();
  expect(dialLink('+34 600 111-222')).toBe('tel:+34600111222');
  expect(dialLink('ask Ana')).toBeNull();
});

test('a player counts minutes and seconds', () => {
  expect([clockText(67.8), clockText(Infinity), clockText(0)]).toEqual(['1:07', '0:00', '0:00']);
});
