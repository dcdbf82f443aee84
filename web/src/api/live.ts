/** Reads of the two long lists, and how they are read again: one page, laid over what is loaded. */
import type { QueryClient } from '@tanstack/react-query';
import { beginRead, withChanges } from './changes';
import { api, call } from './client';
import { keys } from './keys';
import { comesBefore, isNewer, withFirstPage, type Page, type Pages } from './pages';
import type { ConversationFilter } from './filter';
import type { Conversation, Message } from './schema';

const CONVERSATIONS = 50;
const MESSAGES = 100;

export function readConversations(filter: ConversationFilter, cursor: string | null) {
  const query = { ...filter, limit: CONVERSATIONS, ...(cursor && { cursor }) };
  return call(api.GET('/api/conversations', { params: { query } }));
}

export function readMessages(id: string, cursor: string | null) {
  const query = { limit: MESSAGES, ...(cursor && { cursor }) };
  return call(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query } }));
}

async function readFirst<T extends { id: string }>(
  cache: QueryClient,
  key: readonly unknown[],
  read: () => Promise<Page<T>>,
  before: (a: T, b: T) => boolean,
): Promise<void> {
  // A first read that is still under way may be older than the socket: what came in between is read after it.
  if (cache.getQueryState(key)?.status !== 'success') {
    await cache.invalidateQueries({ queryKey: key, exact: true });
    if (cache.getQueryState(key)?.status !== 'success') return;
  }
  // A failure shows nothing by itself: the connection's state says it, and the next read comes soon.
  const { end } = beginRead();
  const first = await read().catch(() => null);
  const changes = end();
  if (!first) return;
  cache.setQueryData<Pages<T>>(
    key,
    (data) => data && withChanges(key, withFirstPage(data, first, before), changes),
  );
}

/** Reads the newest messages again, if the thread is loaded. */
export async function refreshMessages(cache: QueryClient, id: string): Promise<void> {
  const key = keys.messages(id);
  if (!cache.getQueryState(key)) return;
  await readFirst<Message>(cache, key, () => readMessages(id, null), isNewer);
}

/** Reads the beginnings of the lists that are on screen again; the others are read when they come on screen. */
export async function refreshConversations(cache: QueryClient): Promise<void> {
  const lists = cache.getQueryCache().findAll({ queryKey: keys.conversationLists });
  await Promise.all(
    lists.map(async (query) => {
      const filter = query.queryKey[2] as ConversationFilter;
      if (!query.isActive()) await cache.invalidateQueries({ queryKey: query.queryKey, refetchType: 'none' });
      else {
        const read = () => readConversations(filter, null);
        await readFirst<Conversation>(cache, query.queryKey, read, comesBefore(filter));
      }
    }),
  );
}

/** For the end of a visit: a thread of thousands of messages is not kept, nor read again as a whole. */
export function keepFirstPage(cache: QueryClient, id: string): void {
  cache.setQueryData<Pages<Message>>(
    keys.messages(id),
    (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
  );
}
