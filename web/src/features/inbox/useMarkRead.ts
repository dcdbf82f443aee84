import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, call } from '@/api/client';
import { changeConversation } from '@/api/cache';
import type { Conversation } from '@/api/schema';
import { useMay, useMe } from '@/app/me';

/** Marks as read what arrives, but only while the thread is visible and its window has the focus. */
export function useMarkRead(conversation: Conversation | undefined): void {
  const cache = useQueryClient();
  const me = useMe();
  const mayServe = useMay('inbox:write');
  const { mutate } = useMutation({
    mutationFn: ({ id }: Conversation) =>
      call(api.POST('/api/conversations/{id}/read', { params: { path: { id } } })),
    onSuccess: ({ unread, markedUnread }, read) =>
      changeConversation(cache, read, me.id, (now) =>
        // What came meanwhile is not covered by this read: the next one marks it.
        now.lastMessageAt === read.lastMessageAt ? { ...now, unread, markedUnread } : now,
      ),
  });
  // A mark that is set while one looks on stays: opening the conversation anew clears it.
  const isOpened = useRef(false);
  // What a read was asked for: one that failed is asked for again when the window gets the focus.
  const asked = useRef<Conversation | null>(null);
  useEffect(() => {
    if (!mayServe || conversation === undefined) return;
    const isMarked = !isOpened.current && conversation.markedUnread;
    isOpened.current = true;
    if (conversation.unread === 0 && !isMarked) return;
    const read = () => {
      if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
      asked.current = conversation;
      mutate(conversation);
    };
    if (asked.current !== conversation) read();
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, [mayServe, conversation, mutate]);
}
