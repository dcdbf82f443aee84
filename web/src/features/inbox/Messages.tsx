import { ArrowDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { Conversation, Message } from '@/api/schema';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Skeleton } from '@/design/Skeleton';
import { Day } from './Day';
import { timeAt } from './items';
import css from './Messages.module.css';
import { ThreadItem } from './ThreadItem';
import { useThread, type ThreadData } from './useThread';
import { useThreadScroll } from './useThreadScroll';

interface MessagesProps {
  conversation: Conversation;
  onReply: (message: Message) => void;
}

/** The thread: loaded page by page towards the past, drawn only where one looks. */
export function Messages(props: MessagesProps) {
  const data = useThread(props.conversation);
  const { query, isReady } = data;
  if (query.error && !query.data) {
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!isReady) {
    return (
      <div className={css['loading']}>
        <Skeleton kind="card" count={4} />
      </div>
    );
  }
  return <Scroller {...props} data={data} />;
}

function Scroller({ conversation, onReply, data }: MessagesProps & { data: ThreadData }) {
  const { t } = useTranslation('inbox');
  const { items, messages, opened, byWamid, retried, query } = data;
  const { scroller, rows, isAtEnd, missed, goToEnd, goTo } = useThreadScroll(data);
  const { name } = conversation;
  const newest = messages[0];
  const shown = rows.getVirtualItems();
  const first = shown.find(({ end }) => end > (rows.scrollOffset ?? 0));
  const day = first && timeAt(items, first.index);
  const showsDay = day && items[first.index]?.kind !== 'day';

  return (
    <div className={css['frame']}>
      {showsDay && (
        <div className={css['floating']} data-scrolling={rows.isScrolling || undefined} aria-hidden>
          <Day at={day} />
        </div>
      )}
      {/* A region that scrolls has to be reachable by keyboard. */}
      <div
        ref={scroller}
        className={css['scroller']}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={t('thread.label')}
      >
        {items.length === 0 && <p className={css['empty']}>{t('thread.empty')}</p>}
        <div className={css['thread']} style={{ height: rows.getTotalSize() }}>
          {query.isFetchingNextPage && (
            <p className={css['older']} role="status">
              {t('thread.loadingOlder')}
            </p>
          )}
          {shown.map(({ index, start, key }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className={css['place']}
                style={{ transform: `translateY(${start}px)` }}
              >
                <ThreadItem
                  item={item}
                  conversationId={conversation.id}
                  name={name}
                  byWamid={byWamid}
                  retried={retried}
                  onReply={onReply}
                  onGoTo={goTo}
                />
              </div>
            );
          })}
        </div>
      </div>
      {!isAtEnd && (
        <AriaButton
          className={css['jump'] ?? ''}
          data-new={missed > 0 || undefined}
          aria-label={missed > 0 ? t('thread.unread', { count: missed }) : t('thread.jump')}
          onPress={goToEnd}
        >
          <ArrowDown size={16} aria-hidden />
          {missed > 0 && t('thread.new', { count: missed })}
        </AriaButton>
      )}
      <p className="visually-hidden" aria-live="polite">
        {newest?.direction === 'inbound' && newest.id !== opened.newest && (
          <span key={newest.id}>
            {t('thread.from', { name })} {newest.text}
          </span>
        )}
      </p>
    </div>
  );
}
