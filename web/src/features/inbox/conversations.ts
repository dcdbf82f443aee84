/** Reads and changes of conversations, as the inbox needs them. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { putConversation } from '@/api/cache';
import { keys } from '@/api/keys';
import { knowsConsole, type Conversation } from '@/api/pending';
import { ApiError } from '@/api/problem';
import type { ConversationStatus } from '@/api/schema';
import { useMe } from '@/app/me';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { askedOf, type Filter } from './filter';

const PAGE = 50;

export function useConversations(filter: Filter) {
  const asked = askedOf(filter, knowsConsole(useMe()));
  return useInfiniteQuery({
    queryKey: keys.conversationList(asked),
    queryFn: ({ pageParam }) => {
      const query = { ...asked, limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/conversations', { params: { query } }));
    },
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
    queryFn: ({ pageParam }) => {
      const query = { limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/conversations/{id}/messages', { params: { path: { id }, query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Says what a change of a conversation brought, or why it was refused. */
function useSettled() {
  const { t } = useTranslation('inbox');
  const cache = useQueryClient();
  const me = useMe();
  const errorText = useErrorText();
  return {
    onSuccess: (conversation: Conversation) => putConversation(cache, conversation, me.id),
    onError: (error: unknown) => {
      const holder = error instanceof ApiError ? error.assignee : null;
      const { title, text } = errorText(error);
      showToast(holder ? t('header.taken', { name: holder.name }) : text || title, { look: 'error' });
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
    mutationFn: (assignee: string | null) =>
      call(api.POST('/api/conversations/{id}/assign', { params: { path: { id } }, body: { assignee } })),
    ...useSettled(),
  });
}

export function useClaim(id: string) {
  return useMutation({
    mutationFn: () => call(api.POST('/api/conversations/{id}/claim', { params: { path: { id } } })),
    ...useSettled(),
  });
}
