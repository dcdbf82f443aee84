/** Where a changed conversation or message belongs in the pages that are loaded. Pure: the cache calls it. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Conversation, ConversationFilter } from './pending';
import type { Message } from './schema';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export type Pages<T> = InfiniteData<Page<T>, string | null>;

/** Puts `item` where `before` says, in place of the one with its id; what lies past the last page is left to it. */
function place<T extends { id: string }>(
  pages: Pages<T>,
  item: T,
  before: (a: T, b: T) => boolean,
): Pages<T> {
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
  const { status = 'open', assignee, channelId, unread, waiting } = filter;
  const holder = conversation.assignee?.id ?? null;
  if (status !== 'all' && conversation.status !== status) return false;
  if (assignee === 'me' && holder !== me) return false;
  if (assignee === 'unassigned' && holder !== null) return false;
  if (assignee?.startsWith('usr_') && holder !== assignee) return false;
  if (channelId !== undefined && conversation.channelId !== channelId) return false;
  if (unread && conversation.unread === 0) return false;
  return !waiting || Boolean(conversation.waitingSince);
}

/** Newest activity first, or who waits longest first. */
function comesBefore(filter: ConversationFilter): (a: Conversation, b: Conversation) => boolean {
  if (filter.waiting) return (a, b) => (a.waitingSince ?? '') < (b.waitingSince ?? '');
  return (a, b) => (a.lastMessageAt ?? '') > (b.lastMessageAt ?? '');
}

export function placeConversation(
  pages: Pages<Conversation>,
  conversation: Conversation,
  filter: ConversationFilter,
  me: string,
): Pages<Conversation> {
  if (matches(filter, conversation, me)) return place(pages, conversation, comesBefore(filter));
  const without = (items: Conversation[]) => items.filter(({ id }) => id !== conversation.id);
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: without(page.items) })) };
}

/** A known message changes where it stands; a new one goes to the time at which it was written. */
export function placeMessage(pages: Pages<Message>, message: Message): Pages<Message> {
  const isKnown = pages.pages.some((page) => page.items.some(({ id }) => id === message.id));
  if (!isKnown) return place(pages, message, (a, b) => a.at > b.at || (a.at === b.at && a.id > b.id));
  const changed = (items: Message[]) => items.map((other) => (other.id === message.id ? message : other));
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: changed(page.items) })) };
}
