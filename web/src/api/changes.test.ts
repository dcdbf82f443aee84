import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { applyFrame, putConversation, putMessage, putSent } from './cache';
import { watchReads } from './changes';
import { keys } from './keys';
import type { Page } from './pages';
import type { Conversation, Message } from './schema';

const message = (id: string, minute: number, more: Partial<Message> = {}): Message => ({
  id,
  conversationId: 'cnv_1',
  wamid: null,
  direction: 'outbound',
  type: 'text',
  text: id,
  status: 'queued',
  at: `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`,
  content: { type: 'text', body: id },
  revoked: false,
  forwarded: false,
  ...more,
});

const conversation = (unread: number): Conversation => ({
  id: 'cnv_1',
  leadId: 'led_1',
  channelId: 'chn_1',
  name: 'Ana',
  phone: null,
  status: 'open',
  stage: 'New',
  unread,
  markedUnread: false,
  lastMessage: null,
  windowUntil: null,
  lastMessageAt: '2026-11-30T10:00:00.000Z',
  assignee: null,
  channelName: 'Front desk',
  snoozedUntil: null,
  username: null,
  waitingSince: null,
});

const key = keys.messages('cnv_1');

/** A cache with a thread whose next read answers when `answer` is called. */
function threadOf() {
  const cache = new QueryClient();
  watchReads(cache);
  let answer: (page: Page<Message>) => void = () => undefined;
  const read = (pages: number) =>
    cache.infiniteQuery({
      queryKey: key,
      queryFn: () => new Promise<Page<Message>>((resolve) => (answer = resolve)),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      pages,
    });
  const shown = () =>
    cache.getQueryData<InfiniteData<Page<Message>>>(key)?.pages.flatMap(({ items }) => items) ?? [];
  return { cache, read, shown, answer: (page: Page<Message>) => answer(page) };
}

test('a first read that began before a message came does not hide it', async () => {
  const { cache, read, shown, answer } = threadOf();
  const done = read(1);
  putMessage(cache, message('m2', 2));
  answer({ items: [message('m1', 1)], nextCursor: null });
  await done;
  expect(shown().map(({ id }) => id)).toEqual(['m2', 'm1']);
});

test('a read that is older than a frame takes neither ticks nor WhatsApp id back', async () => {
  const { cache, read, shown, answer } = threadOf();
  const done = read(1);
  putMessage(cache, message('m1', 1, { status: 'delivered', wamid: 'wamid.1' }));
  answer({ items: [message('m1', 1)], nextCursor: null });
  await done;
  expect(shown()).toMatchObject([{ status: 'delivered', wamid: 'wamid.1' }]);
  const next = read(1);
  answer({ items: [message('m1', 1, { status: 'read', wamid: 'wamid.1' })], nextCursor: null });
  await next;
  expect(shown()).toMatchObject([{ status: 'read' }]);
});

test('the answer to a send takes nothing back from a frame that was faster', async () => {
  const { cache, read, shown, answer } = threadOf();
  const done = read(1);
  answer({ items: [], nextCursor: null });
  await done;
  putMessage(cache, message('m1', 1, { status: 'read', wamid: 'wamid.1' }));
  putSent(cache, message('m1', 1));
  expect(shown()).toMatchObject([{ status: 'read', wamid: 'wamid.1' }]);
});

test('a conversation whose read is older than a frame stays as the frame says', async () => {
  const cache = new QueryClient();
  watchReads(cache);
  let answer: (conversation: Conversation) => void = () => undefined;
  const done = cache.query({
    queryKey: keys.conversation('cnv_1'),
    queryFn: () => new Promise<Conversation>((resolve) => (answer = resolve)),
  });
  putConversation(cache, conversation(1), 'usr_me');
  answer(conversation(0));
  await done;
  expect(cache.getQueryData<Conversation>(keys.conversation('cnv_1'))?.unread).toBe(1);
});

test('a conversation that was taken away does not come back with a read that is older', async () => {
  const cache = new QueryClient();
  watchReads(cache);
  let answer: (page: Page<Conversation>) => void = () => undefined;
  const done = cache.infiniteQuery({
    queryKey: keys.conversationList({}),
    queryFn: () => new Promise<Page<Conversation>>((resolve) => (answer = resolve)),
    initialPageParam: null as string | null,
    getNextPageParam: () => null,
  });
  applyFrame(cache, { type: 'hidden', conversationId: 'cnv_1' }, 'usr_me');
  answer({ items: [conversation(1)], nextCursor: null });
  await done;
  const list = cache.getQueryData<InfiniteData<Page<Conversation>>>(keys.conversationList({}));
  expect(list?.pages).toEqual([{ items: [], nextCursor: null }]);
});
