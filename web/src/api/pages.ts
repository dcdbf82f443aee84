/** Where a changed conversation or message belongs in the pages that are loaded. Pure: the cache calls it. */
import type { InfiniteData } from '@tanstack/react-query';
import type { ConversationFilter } from './filter';
import type { Conversation, Message } from './schema';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export type Pages<T> = InfiniteData<Page<T>, string | null>;

function replaced<T extends { id: string }>(pages: Pages<T>, item: T): Pages<T> {
  const changed = (items: T[]) => items.map((other) => (other.id === item.id ? item : other));
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: changed(page.items) })) };
}

/** Puts `item` where `before` says, in place of the one with its id; what lies past the last page is left to it. */
function place<T extends { id: string }>(
  pages: Pages<T>,
  item: T,
  before: (a: T, b: T) => boolean,
): Pages<T> {
  const old = pages.pages.flatMap((page) => page.items).find(({ id }) => id === item.id);
  if (old && !before(item, old) && !before(old, item)) return replaced(pages, item);
  const loaded = pages.pages.map((page) => page.items.filter(({ id }) => id !== item.id));
  const last = loaded.length - 1;
  const isWhole = pages.pages[last]?.nextCursor === null;
  const at = loaded.findIndex((items) => items.some((other) => before(item, other)));
  const target = at >= 0 ? at : isWhole ? last : -1;
  const items = loaded.map((page, index) => {
    if (index !== target) return page;
    const found = page.findIndex((other) => before(item, other));
    return page.toSpliced(found < 0 ? page.length : found, 0, item);
  });
  return { ...pages, pages: pages.pages.map((page, index) => ({ ...page, items: items[index] ?? [] })) };
}

export function matches(filter: ConversationFilter, conversation: Conversation, me: string): boolean {
  const { status = 'open', assignee, channelId, unread, waiting, closesWithin } = filter;
  const holder = conversation.assignee?.id ?? null;
  if (status !== 'all' && conversation.status !== status) return false;
  if (assignee === 'me' && holder !== me) return false;
  if (assignee === 'unassigned' && holder !== null) return false;
  if (assignee?.startsWith('usr_') && holder !== assignee) return false;
  if (channelId !== undefined && conversation.channelId !== channelId) return false;
  if (unread && conversation.unread === 0 && !conversation.markedUnread) return false;
  if (closesWithin !== undefined && !closesSoon(conversation.windowUntil, closesWithin)) return false;
  return (!waiting && closesWithin === undefined) || Boolean(conversation.waitingSince);
}

function closesSoon(until: string | null, hours: number): boolean {
  const left = until === null ? 0 : Date.parse(until) - Date.now();
  return left > 0 && left <= hours * 3_600_000;
}

/** Newest activity first, or who waits longest first. */
export function comesBefore(filter: ConversationFilter): (a: Conversation, b: Conversation) => boolean {
  if (filter.waiting || filter.closesWithin !== undefined)
    return (a, b) => (a.waitingSince ?? '') < (b.waitingSince ?? '');
  return (a, b) => (a.lastMessageAt ?? '') > (b.lastMessageAt ?? '');
}

export function placeConversation(
  pages: Pages<Conversation>,
  conversation: Conversation,
  filter: ConversationFilter,
  me: string,
): Pages<Conversation> {
  if (matches(filter, conversation, me)) return place(pages, conversation, comesBefore(filter));
  return withoutConversation(pages, conversation.id);
}

export function withoutConversation(pages: Pages<Conversation>, gone: string): Pages<Conversation> {
  const without = (items: Conversation[]) => items.filter(({ id }) => id !== gone);
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: without(page.items) })) };
}

export function isNewer(a: Message, b: Message): boolean {
  return a.at > b.at || (a.at === b.at && a.id > b.id);
}

/** A known message changes where it stands; a new one goes to the time at which it was written, and a cancelled one goes. */
export function placeMessage(pages: Pages<Message>, message: Message): Pages<Message> {
  if (message.status === 'cancelled') {
    const without = (items: Message[]) => items.filter(({ id }) => id !== message.id);
    return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: without(page.items) })) };
  }
  const isKnown = pages.pages.some((page) => page.items.some(({ id }) => id === message.id));
  return isKnown ? replaced(pages, message) : place(pages, message, isNewer);
}

/**
 * What the first page says now, laid over what is loaded: thousands of loaded rows are kept, and one page is read. If
 * so much is new that the two do not meet, the first page stands alone, and the rest is read again as one scrolls.
 */
export function withFirstPage<T extends { id: string }>(
  pages: Pages<T>,
  first: Page<T>,
  before: (a: T, b: T) => boolean,
): Pages<T> {
  const end = first.items.at(-1);
  const alone: Pages<T> = { pages: [first], pageParams: [null] };
  const [newest, ...older] = pages.pages;
  if (first.nextCursor === null || !end || !newest) return alone;
  const meets = pages.pages.some(({ items }) =>
    items.some((item) => item.id === end.id || before(item, end)),
  );
  if (!meets) return alone;
  const read = new Set(first.items.map(({ id }) => id));
  const left = (items: T[]) => items.filter((item) => !read.has(item.id) && before(end, item));
  return {
    ...pages,
    pages: [
      { items: [...first.items, ...left(newest.items)], nextCursor: newest.nextCursor },
      ...older.map((page) => ({ ...page, items: left(page.items) })),
    ],
  };
}
