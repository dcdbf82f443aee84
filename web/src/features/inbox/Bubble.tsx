import { CircleAlert, Copy, Ellipsis, Forward, Reply } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { IconButton } from '@/design/IconButton';
import { Menu } from '@/design/Menu';
import css from './Bubble.module.css';
import { Content } from './Content';
import type { Item } from './items';
import { Ticks } from './Ticks';

interface BubbleProps {
  item: Extract<Item, { kind: 'message' }>;
  /** What the customer is called. */
  name: string;
  quoted: Message | 'unknown' | null;
  onReply: (message: Message) => void;
}

function Quote({ quoted, name }: { quoted: Message | 'unknown'; name: string }) {
  const { t } = useTranslation(['inbox', 'common']);
  if (quoted === 'unknown') return <div className={css['quote']}>{t('message.unknownQuote')}</div>;
  return (
    <div className={css['quote']}>
      <bdi className={css['quoteName']}>{quoted.direction === 'inbound' ? name : t('common:you')}</bdi>
      <bdi className={css['quoteText']}>{quoted.text}</bdi>
    </div>
  );
}

export const Bubble = memo(function Bubble({ item, name, quoted, onReply }: BubbleProps) {
  const { t } = useTranslation('inbox');
  const { time, exact } = useFormats();
  const { message, isGrouped, isLate } = item;
  const { direction, type, status, error } = message;
  if (['system', 'reaction', 'edit', 'revoke'].includes(type)) {
    return <p className={css['system']}>{message.text}</p>;
  }
  const isFailed = status === 'failed';
  const cause = error && !message.revoked ? t(`failure.${error.reason}`) : null;
  return (
    <div className={css['line']} data-side={direction} data-grouped={isGrouped || undefined}>
      <article className={css['bubble']} data-failed={isFailed || undefined}>
        <span className="visually-hidden">{direction === 'inbound' ? name : t('you', { ns: 'common' })}</span>
        {message.forwarded && (
          <p className={css['mark']}>
            <Forward size={16} aria-hidden /> {t('message.forwarded')}
          </p>
        )}
        {quoted && <Quote quoted={quoted} name={name} />}
        <Content message={message} />
        <p className={css['foot']}>
          {isLate && <span>{t('message.late')}</span>}
          {message.edited !== undefined && <span>{t('message.edited')}</span>}
          <time dateTime={message.at} title={exact(message.at)}>
            {time(message.at)}
          </time>
          {direction === 'outbound' && <Ticks status={status} />}
        </p>
        {(cause ?? status === 'unconfirmed') && (
          <p className={css['cause']}>
            <CircleAlert size={16} aria-hidden /> {cause ?? t('failure.unconfirmed')}
          </p>
        )}
        {message.reaction && <span className={css['reaction']}>{message.reaction}</span>}
      </article>
      <span className={css['tools']}>
        <Menu
          label={t('message.actions')}
          trigger={<IconButton label={t('message.actions')} icon={<Ellipsis size={16} />} />}
          actions={[
            {
              id: 'reply',
              label: t('message.reply'),
              icon: <Reply size={16} />,
              isDisabled: message.wamid === null || message.revoked,
              run: () => onReply(message),
            },
            {
              id: 'copy',
              label: t('message.copy'),
              icon: <Copy size={16} />,
              run: () => void navigator.clipboard.writeText(message.text),
            },
          ]}
        />
      </span>
    </div>
  );
});
