import { expect, test } from 'vitest';
import type { Content, KindMessage, MediaView, Sendable } from './kinds';
import { fileSend, sendAgain } from './resends';
import { contentOf, wordsOf } from './sends';

const media: MediaView = {
  id: 'med_1',
  state: 'stored',
  mimeType: 'image/jpeg',
  size: 1,
  filename: null,
  width: null,
  height: null,
  url: null,
  thumbnailUrl: null,
  error: null,
};
const message = (content: Content | null): KindMessage => ({
  id: 'msg_1',
  conversationId: 'cnv_1',
  wamid: null,
  direction: 'outbound',
  type: content?.type ?? 'text',
  text: '',
  status: 'failed',
  at: '2026-11-30T10:00:00.000Z',
  content,
  revoked: false,
  forwarded: false,
  media,
});

const sends: Sendable[] = [
  { type: 'text', text: 'Hello' },
  fileSend('image', { mediaId: 'med_1', caption: 'Look' }),
  fileSend('video', { mediaId: 'med_1' }),
  fileSend('audio', { mediaId: 'med_1' }),
  fileSend('voice', { mediaId: 'med_1' }),
  fileSend('document', { mediaId: 'med_1', filename: 'a.pdf' }),
  fileSend('sticker', { mediaId: 'med_1' }),
  { type: 'location', location: { latitude: 1, longitude: 2 } },
  { type: 'contacts', contacts: [{ name: 'Ana' }] },
  { type: 'buttons', buttons: { body: 'b', buttons: [{ id: 'y', title: 'Yes' }] } },
  { type: 'list', list: { body: 'b', button: 'o', sections: [{ rows: [{ id: 'r', title: 'R' }] }] } },
  { type: 'cta_url', ctaUrl: { body: 'b', title: 'Go', url: 'https://example.com' } },
  { type: 'location_request', locationRequest: { body: 'Where?' } },
  { type: 'flow', flow: { body: 'b', flowId: 'F', title: 'Book' } },
  { type: 'product', product: { catalogId: 'c', productId: 'p' } },
  {
    type: 'product_list',
    productList: { header: 'h', body: 'b', catalogId: 'c', sections: [{ title: 's', productIds: ['p'] }] },
  },
];

test.each(sends.map((send) => [send.type, send] as const))(
  'a failed %s is sent again as it was',
  (_, send) => {
    expect(sendAgain(message(contentOf(send)))).toEqual(send);
  },
);

test('what customers alone send is not sent again', () => {
  expect(sendAgain(message({ type: 'order', items: [] }))).toBeNull();
  expect(sendAgain(message(null))).toBeNull();
});

test('a file that is not known any more is not sent again', () => {
  const gone = message(contentOf(fileSend('image', { mediaId: 'med_1' })));
  delete gone.media;
  expect(sendAgain(gone)).toBeNull();
});

test('a quote shows the words of each kind', () => {
  const wordsIn = (send: Sendable) => wordsOf(contentOf(send));
  expect(wordsIn(fileSend('document', { mediaId: 'm', filename: 'a.pdf' }))).toBe('a.pdf');
  expect(wordsIn({ type: 'contacts', contacts: [{ name: 'Ana' }, { name: 'Bo' }] })).toBe('Ana, Bo');
  expect(wordsIn({ type: 'location', location: { latitude: 1, longitude: 2, address: 'Sol 1' } })).toBe(
    'Sol 1',
  );
});
