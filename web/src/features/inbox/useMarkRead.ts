import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, call } from '@/api/client';
import { putConversation } from '@/api/cache';
import type { Conversation } from '@/api/schema';
import { useMay, useMe } from '@/app/me';

/** Marks as read what arrives, but only while the thread is visible and its window has the focus. */
export function useMarkRead(conversation: Conversation | undefined): void {
  const cache = useQueryClient();
  const me = useMe();
  const mayServe = useMay('inbox:write');
  const { mutate, isPending } = useMutation({
    mutationFn: ({ id }: Conversation) =>
      call(api.POST('/api/conversations/{id}/read', { params: { path: { id } } })),
    onSuccess: ({ unread }, read) => putConversation(cache, { ...read, unread }, me.id),
  });
  const isUnread = mayServe && !isPending && conversation !== undefined && conversation.unread > 0;
  useEffect(() => {
    if (!isUnread) return;
    const read = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) mutate(conversation);
    };
    read();
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, [isUnread, conversation, mutate]);
}
