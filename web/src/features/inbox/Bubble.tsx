import { Forward } from 'lucide-react';
import { lazy, memo, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import css from './Bubble.module.css';
import { Content } from './Content';
import type { Item } from './items';
import { kindPart } from './kindPart';
import { Quote } from './Quote';
import { Reactions } from './Reactions';
import { Ticks } from './Ticks';
import { useReplyGesture } from './useReplyGesture';

const Raw = lazy(() => import('./Raw').then(({ Raw }) => ({ default: Raw })));
const MessageMenu = kindPart(() => import('./MessageMenu').then(({ MessageMenu }) => MessageMenu));
const Failure = kindPart(() => import('./Failure').then(({ Failure }) => Failure));
const Scheduled = kindPart(() => import('./Scheduled').then(({ Scheduled }) => Scheduled));
const Origin = kindPart(() => import('./bubbles/Origin').then(({ Origin }) => Origin));

interface BubbleProps {
  item: Extract<Item, { kind: 'message' }>;
  /** What the customer is called. */
  name: string;
  quoted: Message | 'unknown' | null;
  /** Whether a later message repeats it. */
  isRetried: boolean;
  onReply: (message: Message) => void;
  onGoTo: (id: string) => void;
}

const REMARKS = ['system', 'reaction', 'edit', 'revoke'];

function Foot({ item }: { item: BubbleProps['item'] }) {
  const { t } = useTranslation('inbox');
  const { time, exact, money } = useFormats();
  const { message, isLate } = item;
  const { at, arrivedAt, direction, status, price } = message;
  const arrived = isLate && arrivedAt !== undefined ? exact(arrivedAt) : undefined;
  return (
    <p className={css['foot']}>
      {isLate && <span title={arrived}>{t('message.late')}</span>}
      {message.edited !== undefined && <span>{t('message.edited')}</span>}
      {price?.amount && Number(price.amount) > 0 && (
        <span title={t(`message.price.${price.state}`)}>{money(price.amount, price.currency)}</span>
      )}
      <time dateTime={at} title={exact(at)}>
        {time(at)}
      </time>
      {direction === 'outbound' && <Ticks status={status} />}
    </p>
  );
}

export const Bubble = memo(function Bubble({ item, name, quoted, isRetried, onReply, onGoTo }: BubbleProps) {
  const { t } = useTranslation(['inbox', 'common']);
  const [isRawShown, setRawShown] = useState(false);
  const { message, isGrouped } = item;
  const { direction, type, status, error, referral, referredProduct } = message;
  const isAnswerable = message.wamid !== null && !message.revoked && type !== 'call';
  const reply = isAnswerable ? () => onReply(message) : null;
  const line = useReplyGesture(reply);
  if (REMARKS.includes(type)) return <p className={css['system']}>{message.text}</p>;

  const hasFailed = !message.revoked && (error !== undefined || status === 'unconfirmed');
  return (
    <div ref={line} className={css['line']} data-side={direction} data-grouped={isGrouped || undefined}>
      <article className={css['bubble']} data-failed={status === 'failed' || undefined}>
        <span className="visually-hidden">{direction === 'inbound' ? name : t('common:you')}</span>
        {message.forwarded && (
          <p className={css['mark']}>
            <Forward size={16} aria-hidden /> {t('message.forwarded')}
          </p>
        )}
        {(referral ?? referredProduct) && (
          <Suspense>
            <Origin message={message} />
          </Suspense>
        )}
        {quoted && <Quote quoted={quoted} name={name} onGoTo={onGoTo} />}
        <div className={css['body']} data-kind={type}>
          <div className={css['content']}>
            <Content message={message} onRaw={() => setRawShown(true)} />
          </div>
          <Foot item={item} />
        </div>
        {hasFailed && (
          <Suspense>
            <Failure message={message} isRetried={isRetried} />
          </Suspense>
        )}
        {status === 'scheduled' && (
          <Suspense>
            <Scheduled message={message} />
          </Suspense>
        )}
        {!message.revoked && <Reactions message={message} />}
      </article>
      <span className={css['tools']}>
        <Suspense>
          <MessageMenu message={message} onReply={reply} onRaw={() => setRawShown(true)} />
        </Suspense>
      </span>
      {isRawShown && (
        <Suspense>
          <Raw message={message} onClose={() => setRawShown(false)} />
        </Suspense>
      )}
    </div>
  );
});
