/**
 * What this person sends: it stands in the thread at once and goes out once, since its key is the idempotency key. It
 * is kept in the browser until the API has accepted it, so that it outlives a reload and the end of a session.
 */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { putSent } from '@/api/cache';
import { keys } from '@/api/keys';
import { refreshConversations, refreshMessages } from '@/api/live';
import { toApiError, type ApiError } from '@/api/problem';
import type { Message, SentMessage } from '@/api/schema';
import { useMe } from '@/app/me';
import type { Upload } from './attach/upload';
import { forgetOutgoing, keepOutgoing, keptOutgoing } from './kept';
import { asBody, asMessage, type MediaView, type Sendable } from './kinds';
import { agreedTo, type Agreed } from './quotes';
import type { Later } from './SendLater';
import { contentOf, wordsOf } from './sends';

export interface Outgoing {
  key: string;
  text: string;
  /** The message that it answers, as WhatsApp names it. */
  replyTo: string | null;
  at: string;
  /** What it says, of one that is not a text. */
  content?: Sendable | undefined;
  /** The failed message that it repeats. */
  retryOf?: string | undefined;
  /** What it may cost. */
  agreed?: Agreed | undefined;
  /** When it is to be sent, if that is not now. */
  later?: Later | undefined;
  /** The file of it that this tab has. */
  media?: MediaView | undefined;
  /** The upload that it waits for; it is kept and sent after that. */
  upload?: Upload | undefined;
  /** After a try that brought no answer. */
  isWaiting?: boolean | undefined;
  /** Once the API has accepted it. */
  messageId?: string;
  /** Once the API has refused it. */
  error?: ApiError | undefined;
}

const LONGEST_PAUSE = 30_000;
const TRIES = 5;

/** What a send says, whatever its kind. */
const sendableOf = ({ content, text }: Outgoing): Sendable => content ?? { type: 'text', text };

export function changeOutgoing(cache: QueryClient, id: string, make: (list: Outgoing[]) => Outgoing[]): void {
  cache.setQueryData<Outgoing[]>(keys.outgoing(id), (list = []) => make(list));
}

/** How it stands in the thread; before the API has accepted it, under its own key. */
export function bubbleOf(id: string, outgoing: Outgoing, sent?: SentMessage): Message {
  const { key, replyTo, media, retryOf, later } = outgoing;
  const at = later?.sendAt ?? outgoing.at;
  const content = contentOf(sendableOf(outgoing));
  return asMessage({
    id: sent?.id ?? key,
    conversationId: id,
    wamid: sent?.wamid ?? null,
    direction: 'outbound',
    type: content.type,
    text: wordsOf(content),
    status: sent?.status ?? 'queued',
    at,
    content,
    revoked: false,
    forwarded: false,
    ...(media && { media }),
    ...(replyTo && { replyTo }),
    ...(retryOf && { retryOf }),
    ...(later?.unlessTheyWrite && { unlessTheyWrite: true }),
    ...(sent?.error && { error: sent.error }),
  });
}

/** Without an answer it is tried until there is one; a server in trouble is asked a few times. */
const triesAgain = (failures: number, error: ApiError): boolean =>
  error.status === 0 || (error.isRetryable && failures < TRIES);

const pause = (failures: number, error: ApiError): number =>
  error.retryAfter ? error.retryAfter * 1000 : Math.min(LONGEST_PAUSE, 1000 * 2 ** failures);

/** Hands one over to the cache, which sends those of a conversation one after the other and waits while offline. */
export function startOutgoing(cache: QueryClient, user: string, id: string, outgoing: Outgoing): void {
  const { key, text, content, replyTo, retryOf, agreed, later } = outgoing;
  const said = content ? asBody(content) : { text };
  const patch = (more: Partial<Outgoing>) =>
    changeOutgoing(cache, id, (list) => list.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const mutation = cache.getMutationCache().build<SentMessage, Error, Outgoing, unknown>(cache, {
    scope: { id: `send ${id}` },
    mutationFn: () =>
      call(
        api.POST('/api/messages', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            conversationId: id,
            ...said,
            ...agreed,
            ...(replyTo && { replyTo }),
            ...(retryOf && { retryOf }),
            ...later,
          },
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
      putSent(cache, bubbleOf(id, outgoing, sent));
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
    changeOutgoing(cache, conversationId, (others) => [...others, outgoing]);
    startOutgoing(cache, user, conversationId, outgoing);
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

/** From whom something goes out, and into which conversation. */
interface From {
  cache: QueryClient;
  user: string;
  id: string;
}

interface SendMore {
  replyTo?: string | null;
  /** The failed message that it repeats. */
  retryOf?: string | undefined;
  /** When it is to be sent, if that is not now. */
  later?: Later | undefined;
  /** Its file, which stands in the bucket. */
  media?: MediaView | undefined;
}

export function sendInto({ cache, user, id }: From, said: string | Sendable, more: SendMore = {}): void {
  const content = typeof said === 'string' || said.type === 'text' ? undefined : said;
  const text = typeof said === 'string' ? said : wordsOf(contentOf(said));
  const { replyTo = null, retryOf, later, media } = more;
  const at = new Date().toISOString();
  const agreed = agreedTo(cache, id, content);
  const kept = { key: crypto.randomUUID(), text, replyTo, at, content, retryOf, agreed, later };
  const outgoing: Outgoing = { ...kept, media };
  keepOutgoing(user, { ...kept, conversationId: id });
  changeOutgoing(cache, id, (list) => [...list, outgoing]);
  startOutgoing(cache, user, id, outgoing);
}

/** Refusals for the sake of the price. */
const REPRICED = new Set(['/problems/price-unknown', '/problems/price-changed']);

export function useSend(id: string) {
  const cache = useQueryClient();
  const user = useMe().id;
  return {
    send: (said: string | Sendable, more: SendMore = {}): void => sendInto({ cache, user, id }, said, more),
    /** Tries once more. Whoever was told that the price is another one, or unknown, agrees to it by that. */
    retry: (outgoing: Outgoing): void => {
      const agreed = REPRICED.has(outgoing.error?.type ?? '')
        ? { acceptUnknownPrice: true }
        : outgoing.agreed;
      const again = { ...outgoing, agreed, error: undefined };
      changeOutgoing(cache, id, (list) => list.map((one) => (one.key === outgoing.key ? again : one)));
      startOutgoing(cache, user, id, again);
    },
    discard: (key: string): void => {
      forgetOutgoing(user, key);
      changeOutgoing(cache, id, (list) => list.filter((one) => one.key !== key));
    },
  };
}
