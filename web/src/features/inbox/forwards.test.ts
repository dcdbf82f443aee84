import { expect, test } from 'vitest';
import type { Conversation, Message } from '@/api/schema';
import { forwardOf, found, inOrder, isWindowOpen } from './forwards';

const message = (more: object = {}): Message => ({
  id: 'msg_1',
  conversationId: 'cnv_1',
  wamid: 'wamid.1',
  direction: 'inbound',
  type: 'text',
  text: 'Hello',
  status: 'received',
  at: '2026-11-30T10:00:00.000Z',
  content: { type: 'text', body: 'Hello' },
  revoked: false,
  forwarded: false,
  ...more,
});

const media = (state: 'stored' | 'pending') => ({
  id: 'med_1',
  state,
  mimeType: 'image/png',
  size: 10,
  filename: null,
  width: null,
  height: null,
  url: null,
  thumbnailUrl: null,
  error: null,
});

test('a text goes on in its last wording', () => {
  expect(forwardOf(message())?.content).toEqual({ type: 'text', text: 'Hello' });
  expect(forwardOf(message({ edited: 'Hello there' }))?.content).toEqual({
    type: 'text',
    text: 'Hello there',
  });
});

test("a customer's picture goes on by its id, once it has come", () => {
  const picture = { type: 'image', content: { type: 'image', mediaId: '77', caption: 'Here' } };
  const sent = forwardOf(message({ ...picture, media: media('stored') }));
  expect(sent?.content).toEqual({ type: 'image', image: { mediaId: 'med_1', caption: 'Here' } });
  expect(forwardOf(message({ ...picture, media: media('pending') }))).toBeNull();
  expect(forwardOf(message(picture))).toBeNull();
});

test("a customer's place goes on without what only WhatsApp sends", () => {
  const content = { type: 'location', latitude: 1, longitude: 2, name: 'Villa', url: 'https://example.com' };
  expect(forwardOf(message({ type: 'location', content }))?.content).toEqual({
    type: 'location',
    location: { latitude: 1, longitude: 2, name: 'Villa' },
  });
});

test('what is withdrawn, or only an answer, does not go on', () => {
  expect(forwardOf(message({ revoked: true, content: null }))).toBeNull();
  const reply = { type: 'button_reply', content: { type: 'button_reply', id: 'y', title: 'Yes' } };
  expect(forwardOf(message(reply))).toBeNull();
});

test('messages go on in the order of the thread', () => {
  const later = message({ id: 'msg_2', at: '2026-11-30T10:00:01.000Z' });
  expect(inOrder([later, message()]).map(({ id }) => id)).toEqual(['msg_1', 'msg_2']);
});

test('a conversation is found by name or digits, and takes messages while its window is open', () => {
  const ana = { name: 'Ana Ruiz', phone: '+34 600 111 222', windowUntil: '2026-11-30T10:00:00.000Z' };
  const all = [ana as Conversation];
  expect([found(all, 'ruiz').length, found(all, '600 111').length, found(all, 'bo').length]).toEqual([
    1, 1, 0,
  ]);
  const at = Date.parse('2026-11-30T10:00:00.000Z');
  expect([isWindowOpen(ana as Conversation, at - 1), isWindowOpen(ana as Conversation, at)]).toEqual([
    true,
    false,
  ]);
});
