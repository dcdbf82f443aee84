import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { Bubble } from './Bubble';
import { Day } from './Day';
import type { Item } from './items';
import css from './Messages.module.css';
import { OutgoingBubble } from './OutgoingBubble';

interface ThreadItemProps {
  item: Item;
  conversationId: string;
  name: string;
  byWamid: ReadonlyMap<string | null, Message>;
  onReply: (message: Message) => void;
  onGoTo: (id: string) => void;
}

/** One line of the thread. */
export function ThreadItem({ item, conversationId, name, byWamid, onReply, onGoTo }: ThreadItemProps) {
  const { t } = useTranslation('inbox');
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
      return <Bubble item={item} name={name} quoted={quoted} onReply={onReply} onGoTo={onGoTo} />;
    }
  }
}
