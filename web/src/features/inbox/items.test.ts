import { expect, test } from 'vitest';
import type { Message } from '@/api/schema';
import { newSince, openedAt, threadItems } from './items';

const dayKey = (at: string) => at.slice(0, 10);
const message = (id: string, at: string, more: Partial<Message> = {}): Message => ({
  id,
  conversationId: 'cnv_1',
  wamid: null,
  direction: 'inbound',
  type: 'text',
  text: id,
  status: 'received',
  at: `2026-11-${at}Z`,
  content: null,
  revoked: false,
  forwarded: false,
  ...more,
});
const none = { firstUnread: null, newest: null, count: 0 };

test('days stand between messages, and those of one minute are grouped', () => {
  const items = threadItems(
    [message('c', '30T10:00:40.000'), message('b', '30T10:00:00.000'), message('a', '29T10:00:00.000')],
    [],
    none,
    dayKey,
  );
  expect(items.map((item) => item.kind)).toEqual(['day', 'message', 'day', 'message', 'message']);
  expect(items.map((item) => item.kind === 'message' && item.isGrouped)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});

test('the unread line stands above the first message that was unread', () => {
  const list = [
    message('c', '30T10:03:00.000'),
    message('b', '30T10:02:00.000', { direction: 'outbound' }),
    message('a', '30T10:01:00.000'),
  ];
  const opened = openedAt(list, 2);
  expect(opened).toEqual({ firstUnread: 'a', newest: 'c', count: 2 });
  expect(threadItems(list, [], opened, dayKey).map(({ kind }) => kind)).toEqual([
    'day',
    'unread',
    'message',
    'message',
    'message',
  ]);
});

test('what is sent stands once: first as it is on its way, then in place under the same key', () => {
  const sent = { key: 'k1', text: 'hi', replyTo: null, at: '2026-11-30T10:05:00.000Z' };
  const before = threadItems([message('a', '30T10:01:00.000')], [sent], none, dayKey);
  const accepted = [
    message('m', '30T10:05:00.000', { direction: 'outbound' }),
    message('a', '30T10:01:00.000'),
  ];
  const after = threadItems(accepted, [{ ...sent, messageId: 'm' }], none, dayKey);
  expect(before.at(-1)).toMatchObject({ kind: 'outgoing', key: 'k1' });
  expect(after.at(-1)).toMatchObject({ kind: 'message', key: 'k1' });
  expect(after).toHaveLength(before.length);
});

test('a message that reached us long after it was written is marked', () => {
  const late = message('a', '30T10:01:00.000', { arrivedAt: '2026-11-30T10:09:00.000Z' });
  expect(threadItems([late], [], none, dayKey).at(-1)).toMatchObject({ isLate: true });
});

test('the day of the oldest loaded message waits until nothing older can come above it', () => {
  const list = [message('b', '30T10:01:00.000'), message('a', '29T10:01:00.000')];
  expect(threadItems(list, [], none, dayKey, true).map(({ kind }) => kind)).toEqual([
    'message',
    'day',
    'message',
  ]);
});

test('new ones are counted from the newest that was in view; a late one above it is not new', () => {
  const list = [
    message('d', '30T10:04:00.000'),
    message('c', '30T10:03:00.000', { direction: 'outbound' }),
    message('b', '30T10:02:00.000'),
    message('late', '30T10:01:00.000'),
  ];
  expect(newSince(list, 'b')).toBe(1);
  expect(newSince(list, 'd')).toBe(0);
  expect(newSince(list, 'gone')).toBe(0);
});
