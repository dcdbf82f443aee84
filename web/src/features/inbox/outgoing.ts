/** What this tab sends: it stands in the thread at once, and goes out once, since its key is the idempotency key. */
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { putMessage } from '@/api/cache';
import { keys } from '@/api/keys';
import { toApiError, type ApiError } from '@/api/problem';
import type { Message, SentMessage } from '@/api/schema';

export interface Outgoing {
  key: string;
  text: string;
  /** The message that it answers, as WhatsApp names it. */
  replyTo: string | null;
  at: string;
  /** Once the API has accepted it. */
  messageId?: string;
  /** Once the API has refused it. */
  error?: ApiError;
}

function change(cache: QueryClient, id: string, make: (list: Outgoing[]) => Outgoing[]): void {
  cache.setQueryData<Outgoing[]>(keys.outgoing(id), (list = []) => make(list));
}

function bubbleOf(id: string, { text, replyTo, at }: Outgoing, sent: SentMessage): Message {
  return {
    id: sent.id,
    conversationId: id,
    wamid: sent.wamid,
    direction: 'outbound',
    type: 'text',
    text,
    status: sent.status,
    at,
    content: { type: 'text', body: text },
    revoked: false,
    forwarded: false,
    ...(replyTo && { replyTo }),
    ...(sent.error && { error: sent.error }),
  };
}

/** Nothing fetches these: they are set by the sends themselves. */
export function useOutgoing(id: string): Outgoing[] {
  const query = useQuery({
    queryKey: keys.outgoing(id),
    queryFn: (): Outgoing[] => [],
    enabled: false,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return query.data ?? [];
}

export function useSend(id: string) {
  const cache = useQueryClient();
  const patch = (key: string, more: Partial<Outgoing>) =>
    change(cache, id, (list) => list.map((one) => (one.key === key ? { ...one, ...more } : one)));

  const mutation = useMutation({
    // One after the other, in the order in which they were written; offline they wait.
    scope: { id: `send ${id}` },
    mutationFn: ({ key, text, replyTo }: Outgoing) =>
      call(
        api.POST('/api/messages', {
          params: { header: { 'Idempotency-Key': key } },
          body: { conversationId: id, text, ...(replyTo && { replyTo }) },
        }),
      ),
    retry: (failures, error) => failures < 5 && toApiError(error).isRetryable,
    onSuccess: (sent, outgoing) => {
      putMessage(cache, bubbleOf(id, outgoing, sent));
      patch(outgoing.key, { messageId: sent.id });
      void cache.invalidateQueries({ queryKey: keys.conversation(id) });
      void cache.invalidateQueries({ queryKey: keys.conversationLists });
      void cache.invalidateQueries({ queryKey: keys.messages(id) });
    },
    onError: (error, { key }) => patch(key, { error: toApiError(error) }),
  });

  return {
    send: (text: string, replyTo: string | null): void => {
      const outgoing = { key: crypto.randomUUID(), text, replyTo, at: new Date().toISOString() };
      change(cache, id, (list) => [...list, outgoing]);
      mutation.mutate(outgoing);
    },
    retry: (outgoing: Outgoing): void => {
      const again = { ...outgoing, error: undefined };
      change(cache, id, (list) => list.map((one) => (one.key === outgoing.key ? again : one)));
      mutation.mutate(again);
    },
    discard: (key: string): void => {
      change(cache, id, (list) => list.filter((one) => one.key !== key));
    },
  };
}
