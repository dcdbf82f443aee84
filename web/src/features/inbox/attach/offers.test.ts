import { expect, test } from 'vitest';
import {
  emptyFlow,
  emptyLink,
  emptyProduct,
  emptyProductList,
  flowOf,
  hasTooManyProducts,
  linkOf,
  OFFER_LIMITS,
  productListOf,
  productOf,
  troublesOfFlow,
  troublesOfLink,
  troublesOfProduct,
  troublesOfProductList,
} from './offers';

const link = { ...emptyLink, body: 'See it', title: 'Open', url: ' https://example.com/a?b=1 ' };
const list = {
  ...emptyProductList,
  header: 'Villas',
  body: 'Pick one',
  catalogId: '42',
  sections: [{ title: 'Sea', products: 'V-1\nV-2, V-3' }],
};

test('a link button needs a text, a name and an address of the web', () => {
  expect([...troublesOfLink(emptyLink).keys()]).toEqual(['body', 'title', 'url']);
  expect(troublesOfLink(link).size).toBe(0);
  for (const url of [
    'example.com',
    'javascript:alert(1)',
    'https://',
    'ftp://example.com',
    'https://a b.com',
  ]) {
    expect(troublesOfLink({ ...link, url }).get('url'), url).toEqual({ is: 'noLink' });
  }
  expect(linkOf(link)).toEqual({ body: 'See it', title: 'Open', url: 'https://example.com/a?b=1' });
});

test('one character over the limit of a name is named with the limit', () => {
  const title = 'x'.repeat(OFFER_LIMITS.linkTitle + 1);
  expect(troublesOfLink({ ...link, title }).get('title')).toEqual({ is: 'long', limit: 20 });
  const flow = { ...emptyFlow, body: 'Book', flowId: '7', title: 'x'.repeat(OFFER_LIMITS.flowTitle + 1) };
  expect(troublesOfFlow(flow).get('title')).toEqual({ is: 'long', limit: 30 });
});

test('a form names its flow, and the first screen only if there is one', () => {
  const flow = { ...emptyFlow, body: 'Book', flowId: ' 7 ', title: 'Book now' };
  expect(flowOf(flow)).toEqual({ body: 'Book', flowId: '7', title: 'Book now' });
  expect(flowOf({ ...flow, screen: 'START' })).toMatchObject({ screen: 'START' });
});

test('a product needs its catalogue and id, and no text', () => {
  expect([...troublesOfProduct(emptyProduct).keys()]).toEqual(['catalogId', 'productId']);
  const product = { ...emptyProduct, catalogId: '42', productId: 'V-1' };
  expect(productOf(product)).toEqual({ catalogId: '42', productId: 'V-1' });
});

test('a list takes products one a line, and 30 in all', () => {
  expect(troublesOfProductList(list).size).toBe(0);
  expect(productListOf(list).sections).toEqual([{ title: 'Sea', productIds: ['V-1', 'V-2', 'V-3'] }]);
  const many = (count: number) => ({
    ...list,
    sections: [{ title: 'Sea', products: Array.from({ length: count }, (_, at) => `V-${at}`).join('\n') }],
  });
  expect([hasTooManyProducts(many(30)), hasTooManyProducts(many(31))]).toEqual([false, true]);
  const empty = { ...list, sections: [{ title: 'Sea', products: ' ' }] };
  expect([...troublesOfProductList(empty).keys()]).toEqual(['sections.0.products']);
});
