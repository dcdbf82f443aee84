import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from '@/api/keys';
import type { Pages } from '@/api/pages';
import type { Message } from '@/api/schema';

/** The customer's newest message that can be answered, at the time of the call. */
export function useNewestInbound(id: string): () => Message | null {
  const cache = useQueryClient();
  return useCallback(() => {
    const data = cache.getQueryData<Pages<Message>>(keys.messages(id));
    const messages = data?.pages.flatMap(({ items }) => items) ?? [];
    const isAnswerable = ({ direction, wamid, revoked }: Message) =>
      direction === 'inbound' && wamid !== null && !revoked;
    return messages.find(isAnswerable) ?? null;
  }, [cache, id]);
}
