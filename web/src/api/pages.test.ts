import { expect, test } from 'vitest';
import { isNewer, matches, placeConversation, placeMessage, withFirstPage, type Pages } from './pages';
import type { Conversation, Message } from './schema';

const conversation = (id: string, minute: number, more: Partial<Conversation> = {}): Conversation => ({
  id,
  leadId: `led_${id}`,
  channelId: 'chn_1',
  name: id,
  phone: null,
  status: 'open',
  stage: 'New',
  unread: 0,
  markedUnread: false,
  lastMessage: null,
  windowUntil: null,
  lastMessageAt: `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`,
  assignee: null,
  channelName: 'Front desk',
  snoozedUntil: null,
  username: null,
  waitingSince: null,
  ...more,
});

const message = (id: string, minute: number, text = id): Message => ({
  id,
  conversationId: 'cnv_1',
  wamid: null,
  direction: 'inbound',
  type: 'text',
  text,
  status: 'received',
  at: `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`,
  content: { type: 'text', body: text },
  revoked: false,
  forwarded: false,
});

const pages = <T>(lists: T[][], isWhole = true): Pages<T> => ({
  pages: lists.map((items, index) => ({
    items,
    nextCursor: isWhole && index === lists.length - 1 ? null : `after ${index}`,
  })),
  pageParams: lists.map(() => null),
});
const ids = (data: Pages<{ id: string }>) =>
  data.pages.map((page) => page.items.map(({ id }) => id).join(' '));

test('a conversation that has just got a message comes first, once', () => {
  const list = pages([[conversation('a', 30), conversation('b', 20)], [conversation('c', 10)]]);
  expect(ids(placeConversation(list, conversation('c', 40), {}, 'usr_me'))).toEqual(['c a b', '']);
});

test('a conversation that changes but has no newer message keeps its place, also among equals', () => {
  const list = pages([[conversation('a', 30), conversation('b', 30)]]);
  const read = placeConversation(list, conversation('a', 30, { unread: 3 }), {}, 'usr_me');
  expect(ids(read)).toEqual(['a b']);
  expect(read.pages[0]?.items[0]?.unread).toBe(3);
});

test('a conversation that the filter does not want any longer leaves the list', () => {
  const list = pages([[conversation('a', 30), conversation('b', 20)]]);
  const closed = conversation('a', 30, { status: 'closed' });
  expect(ids(placeConversation(list, closed, {}, 'usr_me'))).toEqual(['b']);
  expect(ids(placeConversation(list, closed, { status: 'all' }, 'usr_me'))).toEqual(['a b']);
});

test('what lies past the loaded pages is left to the next page', () => {
  const list = pages([[conversation('a', 30)]], false);
  expect(ids(placeConversation(list, conversation('z', 1), {}, 'usr_me'))).toEqual(['a']);
});

test('who waits longest comes first where the list asks for those who wait', () => {
  const waits = (id: string, since: string) => conversation(id, 1, { waitingSince: since });
  const list = pages([[waits('a', '2026-11-30T09:00'), waits('b', '2026-11-30T09:20')]]);
  expect(ids(placeConversation(list, waits('c', '2026-11-30T09:10'), { waiting: true }, 'usr_me'))).toEqual([
    'a c b',
  ]);
});

test('a filter reads assignee, number and unread as the API does', () => {
  const mine = conversation('a', 1, { assignee: { type: 'user', id: 'usr_me', name: 'Ana' } });
  expect(matches({ assignee: 'me' }, mine, 'usr_me')).toBe(true);
  expect(matches({ assignee: 'unassigned' }, mine, 'usr_me')).toBe(false);
  expect(matches({ assignee: 'usr_other' }, mine, 'usr_me')).toBe(false);
  expect(matches({ channelId: 'chn_2' }, mine, 'usr_me')).toBe(false);
  expect(matches({ unread: true }, mine, 'usr_me')).toBe(false);
  expect(matches({ waiting: true }, mine, 'usr_me')).toBe(false);
});

test('a message is shown once, changes in place, and a late one goes to its time', () => {
  const thread = pages([[message('m3', 3), message('m1', 1)]]);
  expect(ids(placeMessage(thread, message('m2', 2)))).toEqual(['m3 m2 m1']);
  const changed = placeMessage(thread, message('m1', 1, 'edited'));
  expect(ids(changed)).toEqual(['m3 m1']);
  expect(changed.pages[0]?.items[1]?.text).toBe('edited');
});

test('the first page read again replaces what it covers and keeps what is older', () => {
  const thread = pages([
    [message('m5', 5), message('m4', 4)],
    [message('m2', 2), message('m1', 1)],
  ]);
  const first = { items: [message('m6', 6), message('m5', 5, 'edited'), message('m3', 3)], nextCursor: 'x' };
  const merged = withFirstPage(thread, first, isNewer);
  expect(ids(merged)).toEqual(['m6 m5 m3', 'm2 m1']);
  expect(merged.pages[0]?.items[1]?.text).toBe('edited');
});

test('what was pushed out of the first page stays, and a gap is not papered over', () => {
  const thread = pages([[message('m3', 3), message('m2', 2), message('m1', 1)]], false);
  const joined = { items: [message('m4', 4), message('m3', 3)], nextCursor: 'x' };
  expect(ids(withFirstPage(thread, joined, isNewer))).toEqual(['m4 m3 m2 m1']);
  const apart = { items: [message('m9', 9), message('m8', 8)], nextCursor: 'x' };
  expect(ids(withFirstPage(thread, apart, isNewer))).toEqual(['m9 m8']);
});
