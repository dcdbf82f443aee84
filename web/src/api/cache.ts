/** What a frame of the socket changes in the query cache: exactly the keys that it concerns. */
import type { QueryClient } from '@tanstack/react-query';
import type { Colleague, ServerFrame } from './frames';
import { keys } from './keys';
import { refreshConversations, refreshMessages } from './live';
import { placeConversation, placeMessage, type Pages } from './pages';
import type { ConversationFilter } from './filter';
import type { Conversation, Lead, Message, Stage } from './schema';

/** For how long a colleague is shown as typing. */
const TYPING_SHOWN = 6_000;

export interface Typing extends Colleague {
  until: number;
}

export function putConversation(cache: QueryClient, conversation: Conversation, me: string): void {
  cache.setQueryData(keys.conversation(conversation.id), conversation);
  for (const [key, data] of cache.getQueriesData<Pages<Conversation>>({ queryKey: keys.conversationLists })) {
    const filter = key[2] as ConversationFilter;
    if (data) cache.setQueryData(key, placeConversation(data, conversation, filter, me));
  }
  void cache.invalidateQueries({ queryKey: keys.counts });
}

/** A lead's conversations show its stage. */
function putStage(cache: QueryClient, leadId: string, stage: Stage): void {
  for (const [key, conversation] of cache.getQueriesData<Conversation>({ queryKey: ['conversation'] })) {
    if (conversation?.leadId === leadId) cache.setQueryData(key, { ...conversation, stage });
  }
}

export function putMessage(cache: QueryClient, message: Message): void {
  cache.setQueryData<Pages<Message>>(keys.messages(message.conversationId), (data) =>
    data ? placeMessage(data, message) : data,
  );
}

function putTyping(cache: QueryClient, conversationId: string, user: Colleague): void {
  const key = keys.typing(conversationId);
  const others = (list: Typing[] = []) =>
    list.filter(({ id, until }) => id !== user.id && until > Date.now());
  cache.setQueryData<Typing[]>(key, (list) => [
    ...others(list),
    { ...user, until: Date.now() + TYPING_SHOWN },
  ]);
  setTimeout(() => {
    cache.setQueryData<Typing[]>(key, (list) => list?.filter(({ until }) => until > Date.now()));
  }, TYPING_SHOWN + 50);
}

export function applyFrame(cache: QueryClient, frame: ServerFrame, me: string): void {
  switch (frame.type) {
    case 'message':
      putMessage(cache, frame.message);
      putConversation(cache, frame.conversation, me);
      void cache.invalidateQueries({ queryKey: keys.lead(frame.leadId) });
      void cache.invalidateQueries({ queryKey: keys.leadLists });
      return;
    case 'status':
      putMessage(cache, frame.message);
      return;
    case 'conversation':
      putConversation(cache, frame.conversation, me);
      return;
    case 'lead':
      cache.setQueryData<Lead>(keys.lead(frame.leadId), (lead) => lead && { ...lead, stage: frame.stage });
      void cache.invalidateQueries({ queryKey: keys.lead(frame.leadId) });
      void cache.invalidateQueries({ queryKey: keys.leadLists });
      putStage(cache, frame.leadId, frame.stage);
      return;
    case 'typing':
      putTyping(cache, frame.conversationId, frame.user);
      return;
    case 'presence':
      cache.setQueryData<Colleague[]>(keys.presence(frame.conversationId), frame.users);
      return;
    case 'hello':
    case 'pong':
    case 'closing':
      return;
  }
}

/** Reads again what is on screen and may have changed: what a lost frame would have said. */
export function readAgain(cache: QueryClient): void {
  const live = ['conversation', 'leads', 'lead', 'channels'];
  void cache.invalidateQueries({ predicate: ({ queryKey }) => live.includes(String(queryKey[0])) });
  void cache.invalidateQueries({ queryKey: keys.counts });
  void refreshConversations(cache);
  const threads = cache.getQueryCache().findAll({ queryKey: ['messages'], type: 'active' });
  threads.forEach(({ queryKey }) => void refreshMessages(cache, String(queryKey[1])));
}
