/** What a thread shows: the messages, what is on its way, and where the unread line stands. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { keepFirstPage, refreshMessages } from '@/api/live';
import type { Conversation, Message } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { useMessages } from './conversations';
import { openedAt, threadItems, type Opened } from './items';
import { useOutgoing } from './outgoing';

const NOTHING: readonly Message[] = [];
const UNOPENED: Opened = { firstUnread: null, newest: null, count: 0 };

export function useThread({ id, unread, lastMessageAt }: Conversation) {
  const cache = useQueryClient();
  const { dayKey } = useFormats();
  const query = useMessages(id);
  const outgoing = useOutgoing(id);
  const all = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? NOTHING, [query.data]);
  // What waits for its time stands below everything, and is not what came last.
  const messages = useMemo(() => all.filter(({ status }) => status !== 'scheduled'), [all]);

  // What is kept of an earlier visit stands at once, unless it is known to be behind.
  const [refreshed, setRefreshed] = useState(false);
  useEffect(() => {
    let isHere = true;
    void refreshMessages(cache, id).then(() => isHere && setRefreshed(true));
    return () => {
      isHere = false;
      keepFirstPage(cache, id);
    };
  }, [cache, id]);
  const isBehind = !refreshed && lastMessageAt !== null && (messages[0]?.at ?? '') < lastMessageAt;
  const isReady = query.isSuccess && !isBehind;

  const [opened, setOpened] = useState<Opened | null>(null);
  const [unreadAtFirst] = useState(unread);
  if (isReady && !opened) setOpened(openedAt(messages, unreadAtFirst));

  const items = useMemo(
    () => threadItems(all, outgoing, opened ?? UNOPENED, dayKey, query.hasNextPage),
    [all, outgoing, opened, dayKey, query.hasNextPage],
  );
  const byWamid = useMemo(() => new Map(messages.map((message) => [message.wamid, message])), [messages]);
  const retried = useMemo(() => {
    const repeats = [...messages, ...outgoing].map(({ retryOf }) => retryOf);
    return new Set(repeats.filter((id) => id !== undefined));
  }, [messages, outgoing]);
  return { query, messages, outgoing, items, byWamid, retried, opened: opened ?? UNOPENED, isReady };
}

export type ThreadData = ReturnType<typeof useThread>;
