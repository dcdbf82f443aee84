import { CircleAlert, Forward, Megaphone } from 'lucide-react';
import { lazy, memo, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import css from './Bubble.module.css';
import { Content } from './Content';
import type { Item } from './items';
import { MessageMenu } from './MessageMenu';
import { Quote } from './Quote';
import { Ticks } from './Ticks';
import { Resend } from './Resend';
import { useReplyGesture } from './useReplyGesture';

const Raw = lazy(() => import('./Raw').then(({ Raw }) => ({ default: Raw })));

interface BubbleProps {
  item: Extract<Item, { kind: 'message' }>;
  /** What the customer is called. */
  name: string;
  quoted: Message | 'unknown' | null;
  onReply: (message: Message) => void;
  onGoTo: (id: string) => void;
}

const REMARKS = ['system', 'reaction', 'edit', 'revoke'];

function Foot({ item }: { item: BubbleProps['item'] }) {
  const { t } = useTranslation('inbox');
  const { time, exact } = useFormats();
  const { message, isLate } = item;
  const { at, arrivedAt, direction, status } = message;
  const arrived = isLate && arrivedAt !== undefined ? exact(arrivedAt) : undefined;
  return (
    <p className={css['foot']}>
      {isLate && <span title={arrived}>{t('message.late')}</span>}
      {message.edited !== undefined && <span>{t('message.edited')}</span>}
      <time dateTime={at} title={exact(at)}>
        {time(at)}
      </time>
      {direction === 'outbound' && <Ticks status={status} />}
    </p>
  );
}

export const Bubble = memo(function Bubble({ item, name, quoted, onReply, onGoTo }: BubbleProps) {
  const { t } = useTranslation(['inbox', 'common']);
  const [isRawShown, setRawShown] = useState(false);
  const { message, isGrouped } = item;
  const { direction, type, status, error, referral } = message;
  const isAnswerable = message.wamid !== null && !message.revoked;
  const reply = isAnswerable ? () => onReply(message) : null;
  const line = useReplyGesture(reply);
  if (REMARKS.includes(type)) return <p className={css['system']}>{message.text}</p>;

  const cause = error && !message.revoked ? t(`failure.${error.reason}`) : null;
  return (
    <div ref={line} className={css['line']} data-side={direction} data-grouped={isGrouped || undefined}>
      <article className={css['bubble']} data-failed={status === 'failed' || undefined}>
        <span className="visually-hidden">{direction === 'inbound' ? name : t('common:you')}</span>
        {message.forwarded && (
          <p className={css['mark']}>
            <Forward size={16} aria-hidden /> {t('message.forwarded')}
          </p>
        )}
        {referral && (
          <p className={css['mark']}>
            <Megaphone size={16} aria-hidden /> {t('message.ad')} <bdi>{referral.headline}</bdi>
          </p>
        )}
        {quoted && <Quote quoted={quoted} name={name} onGoTo={onGoTo} />}
        <div className={css['body']}>
          <div className={css['content']}>
            <Content message={message} onRaw={() => setRawShown(true)} />
          </div>
          <Foot item={item} />
        </div>
        {(cause !== null || status === 'unconfirmed') && (
          <p className={css['cause']}>
            <CircleAlert size={16} aria-hidden /> {cause ?? t('failure.unconfirmed')}
            {status === 'failed' && type === 'text' && <Resend message={message} />}
          </p>
        )}
        {message.reaction && (
          <span
            className={css['reaction']}
            role="img"
            aria-label={t('message.reaction', { emoji: message.reaction })}
          >
            {message.reaction}
          </span>
        )}
      </article>
      <span className={css['tools']}>
        <MessageMenu message={message} onReply={reply} onRaw={() => setRawShown(true)} />
      </span>
      {isRawShown && (
        <Suspense>
          <Raw message={message} onClose={() => setRawShown(false)} />
        </Suspense>
      )}
    </div>
  );
});
