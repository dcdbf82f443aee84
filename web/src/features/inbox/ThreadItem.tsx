import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { Bubble } from './Bubble';
import { Day } from './Day';
import type { Item } from './items';
import { kindPart } from './kindPart';
import css from './Messages.module.css';
import { OutgoingBubble } from './OutgoingBubble';
import { useSelection } from './selection';

const Pickable = kindPart(() => import('./Pick').then(({ Pickable }) => Pickable));

interface ThreadItemProps {
  item: Item;
  conversationId: string;
  name: string;
  byWamid: ReadonlyMap<string | null, Message>;
  /** The messages that later ones repeat. */
  retried: ReadonlySet<string>;
  onReply: (message: Message) => void;
  onGoTo: (id: string) => void;
}

/** One line of the thread. */
export function ThreadItem({
  item,
  conversationId,
  name,
  byWamid,
  retried,
  onReply,
  onGoTo,
}: ThreadItemProps) {
  const { t } = useTranslation('inbox');
  const { selected } = useSelection();
  switch (item.kind) {
    case 'day':
      return (
        <h2 className={css['dayLine']}>
          <Day at={item.at} />
        </h2>
      );
    case 'unread':
      return <p className={css['unread']}>{t('thread.unread', { count: item.count })}</p>;
    case 'outgoing':
      return <OutgoingBubble id={conversationId} outgoing={item.outgoing} />;
    case 'message': {
      const { replyTo } = item.message;
      const quoted = replyTo === undefined ? null : (byWamid.get(replyTo) ?? 'unknown');
      const bubble = (
        <Bubble
          item={item}
          name={name}
          quoted={quoted}
          isRetried={retried.has(item.message.id)}
          onReply={onReply}
          onGoTo={onGoTo}
        />
      );
      if (!selected) return bubble;
      return (
        <Suspense fallback={bubble}>
          <Pickable message={item.message}>{bubble}</Pickable>
        </Suspense>
      );
    }
  }
}
