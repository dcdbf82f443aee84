import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '@/api/pending';
import type { Message } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Bubble } from './Bubble';
import { useMessages } from './conversations';
import { openedAt, threadItems, type Item, type Opened } from './items';
import css from './Messages.module.css';
import { OutgoingBubble } from './OutgoingBubble';
import { useOutgoing } from './outgoing';
import { useNow } from './useNow';

interface MessagesProps {
  conversation: Conversation;
  onReply: (message: Message) => void;
}

function Day({ at }: { at: string }) {
  const { t } = useTranslation('inbox');
  const { day, dayKey } = useFormats();
  const isToday = dayKey(at) === dayKey(useNow());
  return <h2 className={css['day']}>{isToday ? t('thread.today') : day(at)}</h2>;
}

/**
 * The thread. The scroller is turned upside down, so that its end stays in view when something arrives there, and
 * nothing jumps when older messages come in at its other end.
 */
export function Messages({ conversation, onReply }: MessagesProps) {
  const { t } = useTranslation('inbox');
  const { dayKey } = useFormats();
  const { id } = conversation;
  const query = useMessages(id);
  const outgoing = useOutgoing(id);
  const messages = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [unread] = useState(conversation.unread);
  if (messages && !opened) setOpened(openedAt(messages, unread));

  const items = useMemo(
    () => threadItems(messages ?? [], outgoing, opened ?? { firstUnread: null, count: 0 }, dayKey),
    [messages, outgoing, opened, dayKey],
  );
  const byWamid = useMemo(() => new Map(messages?.map((message) => [message.wamid, message])), [messages]);

  const top = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (!top.current || !hasNextPage || isFetchingNextPage) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void fetchNextPage();
    });
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.isPending) {
    return (
      <div className={css['loading']}>
        <Skeleton kind="card" count={4} />
      </div>
    );
  }
  if (!messages) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;

  const show = (item: Item) => {
    switch (item.kind) {
      case 'day':
        return <Day key={item.key} at={item.at} />;
      case 'unread':
        return (
          <p key={item.key} className={css['unread']}>
            {t('thread.unread', { count: item.count })}
          </p>
        );
      case 'outgoing':
        return <OutgoingBubble key={item.key} id={id} outgoing={item.outgoing} />;
      case 'message': {
        const { replyTo } = item.message;
        const quoted = replyTo === undefined ? null : (byWamid.get(replyTo) ?? 'unknown');
        return (
          <Bubble key={item.key} item={item} name={conversation.name} quoted={quoted} onReply={onReply} />
        );
      }
    }
  };
  const newest = messages[0];
  return (
    // A region that scrolls has to be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css['scroller']} tabIndex={0} role="region" aria-label={t('thread.label')}>
      <div className={css['thread']}>
        <div ref={top} className={css['top']}>
          {hasNextPage && (
            <Button size="small" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
              {t('thread.older')}
            </Button>
          )}
        </div>
        {items.length === 0 && <p className={css['day']}>{t('thread.empty')}</p>}
        {items.map(show)}
      </div>
      <p className="visually-hidden" aria-live="polite">
        {newest?.direction === 'inbound' && newest.id !== opened?.firstUnread
          ? t('thread.from', { name: conversation.name })
          : ''}
      </p>
    </div>
  );
}
