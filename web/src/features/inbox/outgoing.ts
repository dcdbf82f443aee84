/**
 * What this person sends: it stands in the thread at once and goes out once, since its key is the idempotency key. It
 * is kept in the browser until the API has accepted it, so that it outlives a reload and the end of a session.
 */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { putMessage } from '@/api/cache';
import { keys } from '@/api/keys';
import { refreshConversations, refreshMessages } from '@/api/live';
import { toApiError, type ApiError } from '@/api/problem';
import type { Message, SentMessage } from '@/api/schema';
import { useMe } from '@/app/me';
import { forgetOutgoing, keepOutgoing, keptOutgoing } from './kept';

export interface Outgoing {
  key: string;
  text: string;
  /** The message that it answers, as WhatsApp names it. */
  replyTo: string | null;
  at: string;
  /** After a try that brought no answer. */
  isWaiting?: boolean | undefined;
  /** Once the API has accepted it. */
  messageId?: string;
  /** Once the API has refused it. */
  error?: ApiError | undefined;
}

const LONGEST_PAUSE = 30_000;
const TRIES = 5;

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

/** Without an answer it is tried until there is one; a server in trouble is asked a few times. */
const triesAgain = (failures: number, error: ApiError): boolean =>
  error.status === 0 || (error.isRetryable && failures < TRIES);

const pause = (failures: number, error: ApiError): number =>
  error.retryAfter ? error.retryAfter * 1000 : Math.min(LONGEST_PAUSE, 1000 * 2 ** failures);

/** Hands one over to the cache, which sends those of a conversation one after the other and waits while offline. */
function start(cache: QueryClient, user: string, id: string, outgoing: Outgoing): void {
  const { key, text, replyTo } = outgoing;
  const patch = (more: Partial<Outgoing>) =>
    change(cache, id, (list) => list.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const mutation = cache.getMutationCache().build<SentMessage, Error, Outgoing, unknown>(cache, {
    scope: { id: `send ${id}` },
    mutationFn: () =>
      call(
        api.POST('/api/messages', {
          params: { header: { 'Idempotency-Key': key } },
          body: { conversationId: id, text, ...(replyTo && { replyTo }) },
        }),
      ),
    retry: (failures, error) => {
      const again = triesAgain(failures, toApiError(error));
      if (again) patch({ isWaiting: true });
      return again;
    },
    retryDelay: (failures, error) => pause(failures, toApiError(error)),
    onSuccess: (sent) => {
      forgetOutgoing(user, key);
      putMessage(cache, bubbleOf(id, outgoing, sent));
      patch({ messageId: sent.id, isWaiting: undefined });
      void cache.invalidateQueries({ queryKey: keys.conversation(id) });
      void refreshConversations(cache);
      void refreshMessages(cache, id);
    },
    onError: (error) => {
      const refused = toApiError(error);
      // An ended session refuses nothing: after the next sign-in it goes out.
      if (refused.status !== 401) patch({ error: refused, isWaiting: undefined });
    },
  });
  // Its outcome is told by the callbacks above.
  mutation.execute(outgoing).catch(() => undefined);
}

/** Takes up what this person had sent and the API had not accepted when the page or the session ended. */
export function resumeOutgoing(cache: QueryClient, user: string): void {
  for (const { conversationId, ...outgoing } of keptOutgoing(user)) {
    const list = cache.getQueryData<Outgoing[]>(keys.outgoing(conversationId)) ?? [];
    if (list.some(({ key }) => key === outgoing.key)) continue;
    change(cache, conversationId, (others) => [...others, outgoing]);
    start(cache, user, conversationId, outgoing);
  }
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
  return query.data ?? NOTHING;
}
const NOTHING: Outgoing[] = [];

export function useSend(id: string) {
  const cache = useQueryClient();
  const user = useMe().id;
  return {
    send: (text: string, replyTo: string | null): void => {
      const outgoing = { key: crypto.randomUUID(), text, replyTo, at: new Date().toISOString() };
      keepOutgoing(user, { ...outgoing, conversationId: id });
      change(cache, id, (list) => [...list, outgoing]);
      start(cache, user, id, outgoing);
    },
    retry: (outgoing: Outgoing): void => {
      const again = { ...outgoing, error: undefined };
      change(cache, id, (list) => list.map((one) => (one.key === outgoing.key ? again : one)));
      start(cache, user, id, again);
    },
    discard: (key: string): void => {
      forgetOutgoing(user, key);
      change(cache, id, (list) => list.filter((one) => one.key !== key));
    },
  };
}
