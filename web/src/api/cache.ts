/** What a frame of the socket changes in the query cache: exactly the keys that it concerns. */
import type { QueryClient } from '@tanstack/react-query';
import { noteChange, withChange, type Change } from './changes';
import type { Colleague, ServerFrame } from './frames';
import { keys } from './keys';
import { refreshConversations, refreshMessages } from './live';
import type { Conversation, Lead, Message, Stage } from './schema';

/** For how long a colleague is shown as typing. */
const TYPING_SHOWN = 6_000;

export interface Typing extends Colleague {
  until: number;
}

function changeLists(cache: QueryClient, change: Change): void {
  noteChange(change);
  for (const [key, data] of cache.getQueriesData({ queryKey: keys.conversationLists })) {
    if (data) cache.setQueryData(key, withChange(key, data, change));
  }
  void cache.invalidateQueries({ queryKey: keys.counts });
}

export function putConversation(cache: QueryClient, conversation: Conversation, me: string): void {
  cache.setQueryData(keys.conversation(conversation.id), conversation);
  changeLists(cache, { is: 'conversation', conversation, me });
}

/** Takes a conversation off the lists; where it is on screen, the next read says why it is not shown. */
function hideConversation(cache: QueryClient, conversationId: string): void {
  changeLists(cache, { is: 'hidden', conversationId });
  void cache.invalidateQueries({ queryKey: keys.conversation(conversationId) });
}

/** A lead's conversations show its stage. */
function putStage(cache: QueryClient, leadId: string, stage: Stage): void {
  for (const [key, conversation] of cache.getQueriesData<Conversation>({ queryKey: ['conversation'] })) {
    if (conversation?.leadId === leadId) cache.setQueryData(key, { ...conversation, stage });
  }
}

function put(cache: QueryClient, change: { is: 'message' | 'sent'; message: Message }): void {
  noteChange(change);
  const key = keys.messages(change.message.conversationId);
  cache.setQueryData(key, (data: unknown) => withChange(key, data, change));
}

export const putMessage = (cache: QueryClient, message: Message): void =>
  put(cache, { is: 'message', message });

/** Puts a message that the API has just accepted, unless a frame or a read was faster and knows more of it. */
export const putSent = (cache: QueryClient, message: Message): void => put(cache, { is: 'sent', message });

/** Changes a conversation as it stands now, whatever came while the change was on its way. */
export function changeConversation(
  cache: QueryClient,
  before: Conversation,
  me: string,
  make: (conversation: Conversation) => Conversation,
): void {
  const now = cache.getQueryData<Conversation>(keys.conversation(before.id));
  putConversation(cache, make(now ?? before), me);
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
    case 'hidden':
      hideConversation(cache, frame.conversationId);
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
