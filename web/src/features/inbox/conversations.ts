/** Reads and changes of conversations, as the inbox needs them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { changeConversation, putConversation } from '@/api/cache';
import { keys } from '@/api/keys';
import { readConversations, readMessages, refreshConversations } from '@/api/live';
import { ApiError } from '@/api/problem';
import type { Conversation, ConversationStatus } from '@/api/schema';
import { useMe } from '@/app/me';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { askedOf, type Filter } from './filter';

export function useConversations(filter: Filter) {
  const asked = askedOf(filter);
  return useInfiniteQuery({
    queryKey: keys.conversationList(asked),
    queryFn: ({ pageParam }) => readConversations(asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** The conversation on screen. What the list knows stands at once; the read brings the rest. */
export function useConversation(id: string) {
  const cache = useQueryClient();
  return useQuery({
    queryKey: keys.conversation(id),
    queryFn: () => call(api.GET('/api/conversations/{id}', { params: { path: { id } } })),
    placeholderData: () =>
      cache
        .getQueriesData<{ pages: { items: Conversation[] }[] }>({ queryKey: keys.conversationLists })
        .flatMap(([, data]) => data?.pages.flatMap(({ items }) => items) ?? [])
        .find((conversation) => conversation.id === id),
  });
}

export function useMessages(id: string) {
  return useInfiniteQuery({
    queryKey: keys.messages(id),
    queryFn: ({ pageParam }) => readMessages(id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // `refreshMessages` keeps it up to date: a thread of thousands is not read again as a whole.
    staleTime: Infinity,
  });
}

/** Says what a change of a conversation brought, or why it was refused. */
function useSettled() {
  const cache = useQueryClient();
  const me = useMe();
  const errorText = useErrorText();
  return {
    onSuccess: (conversation: Conversation) => putConversation(cache, conversation, me.id),
    onError: (error: unknown) => {
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
    },
  };
}

export interface StatusChange {
  status: ConversationStatus;
  snoozedUntil?: string;
}

export function useSetStatus(id: string) {
  return useMutation({
    mutationFn: (body: StatusChange) =>
      call(api.PATCH('/api/conversations/{id}', { params: { path: { id } }, body })),
    ...useSettled(),
  });
}

export function useAssign(id: string) {
  return useMutation({
    mutationFn: (assignee: string | null) => {
      const body = { assignee };
      return call(api.POST('/api/conversations/{id}/assign', { params: { path: { id } }, body }));
    },
    ...useSettled(),
  });
}

/** One wins. Who comes second is told who has it, and may take it over. */
export function useClaim(id: string) {
  const { t } = useTranslation('inbox');
  const cache = useQueryClient();
  const me = useMe().id;
  const { mutate: takeOver } = useAssign(id);
  const settled = useSettled();
  return useMutation({
    mutationFn: () => call(api.POST('/api/conversations/{id}/claim', { params: { path: { id } } })),
    onSuccess: settled.onSuccess,
    onError: (error) => {
      const holder = error instanceof ApiError ? error.assignee : null;
      if (!holder) {
        settled.onError(error);
        return;
      }
      void cache.invalidateQueries({ queryKey: keys.conversation(id) });
      void refreshConversations(cache);
      showToast(t('header.taken', { name: holder.name }), {
        look: 'error',
        action: { label: t('header.takeOver'), run: () => takeOver(me) },
      });
    },
  });
}

/** Marks it as unread for everybody, until somebody opens it. */
export function useMarkUnread(conversation: Conversation) {
  const cache = useQueryClient();
  const me = useMe().id;
  const { onError } = useSettled();
  const { id } = conversation;
  return useMutation({
    mutationFn: () => call(api.POST('/api/conversations/{id}/unread', { params: { path: { id } } })),
    onSuccess: ({ unread, markedUnread }) =>
      changeConversation(cache, conversation, me, (now) => ({ ...now, unread, markedUnread })),
    onError,
  });
}

export interface NewConversation {
  phone: string;
  name?: string;
  channelId?: string;
}

/** Finds the conversation with a phone, or begins it. */
export function useStartConversation() {
  const { onSuccess } = useSettled();
  return useMutation({
    mutationFn: (body: NewConversation) => call(api.POST('/api/conversations', { body })),
    onSuccess,
  });
}
