/**
 * Changes that come while a read is on its way. The API may have read before the change, so its answer may not know it:
 * the change is laid over the answer once more. Without that, a message that has just come would vanish until the next read.
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { ConversationFilter } from './filter';
import { placeConversation, placeMessage, withoutConversation, type Pages } from './pages';
import type { Conversation, Message } from './schema';

export type Change =
  | { is: 'message'; message: Message }
  /** A message of this tab that the API has accepted: everything else that is known of it is newer. */
  | { is: 'sent'; message: Message }
  | { is: 'conversation'; conversation: Conversation; me: string }
  /** It is nothing any longer that this person may see. */
  | { is: 'hidden'; conversationId: string };

/** What has changed since each of the reads began that are on their way. */
const reads = new Map<object, Change[]>();

const isKnown = (pages: Pages<Message>, { id }: Message): boolean =>
  pages.pages.some(({ items }) => items.some((message) => message.id === id));

/** What the query cache holds under `key`, after the change. */
export function withChange(key: QueryKey, data: unknown, change: Change): unknown {
  const [kind, id] = key;
  if (data === undefined) return data;
  switch (change.is) {
    case 'conversation': {
      const { conversation, me } = change;
      if (kind === 'conversation' && id === conversation.id) return conversation;
      if (kind !== 'conversations' || id !== 'list') return data;
      return placeConversation(data as Pages<Conversation>, conversation, key[2] as ConversationFilter, me);
    }
    case 'hidden':
      if (kind !== 'conversations' || id !== 'list') return data;
      return withoutConversation(data as Pages<Conversation>, change.conversationId);
    case 'message':
    case 'sent': {
      const { message } = change;
      const pages = data as Pages<Message>;
      if (kind !== 'messages' || id !== message.conversationId) return data;
      if (change.is === 'sent' && isKnown(pages, message)) return data;
      return placeMessage(pages, message);
    }
  }
}

/** Remembers the change for the answers that are still to come. */
export function noteChange(change: Change): void {
  for (const changes of reads.values()) changes.push(change);
}

/** Begins a read; `end` gives what has changed since. */
export function beginRead(read: object = {}): { end: () => Change[] } {
  const changes: Change[] = [];
  reads.set(read, changes);
  return {
    end: () => {
      reads.delete(read);
      return changes;
    },
  };
}

export const withChanges = <T>(key: QueryKey, data: T, changes: readonly Change[]): T =>
  changes.reduce<unknown>((changed, change) => withChange(key, changed, change), data) as T;

/** Lays what changes over the answers of all queries, before anybody sees them. */
export function watchReads(cache: QueryClient): void {
  cache.getQueryCache().subscribe((event) => {
    const { query } = event;
    if (event.type === 'removed') reads.delete(query);
    if (event.type !== 'updated') return;
    const { action } = event;
    if (action.type === 'fetch') beginRead(query);
    if (action.type === 'error') reads.delete(query);
    if (action.type !== 'success' || action.manual) return;
    const changes = reads.get(query) ?? [];
    reads.delete(query);
    const key = query.queryKey as QueryKey;
    if (changes.length > 0) cache.setQueryData(key, (data: unknown) => withChanges(key, data, changes));
  });
}
