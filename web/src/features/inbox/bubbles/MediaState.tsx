import { CircleAlert, LoaderCircle, TimerOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { Button } from '@/design/Button';
import { asKind, type MediaView } from '../kinds';
import { mayFetchAgain } from './facts';
import css from './Kind.module.css';
import { useRefetch } from './useFile';

interface MediaStateProps {
  message: Message;
  media: MediaView;
  /** What it is, for a file that is not there. */
  icon: ReactNode;
  name: string;
  children: ReactNode;
}

/** A stored file is drawn by `children`; else why it is not there, and what can be done. */
export function MediaState({ message, media, icon, name, children }: MediaStateProps) {
  const { t } = useTranslation('kinds');
  const { mutate, isPending } = useRefetch(message, media);
  const [now] = useState(Date.now);
  if (media.state === 'stored') return children;
  const isLoading = media.state === 'pending';
  const text = {
    pending: t(message.direction === 'inbound' ? 'media.loading' : 'media.sending'),
    expired: t('media.expired'),
    failed: t(media.error ? `media.${media.error}` : 'media.failed'),
  }[media.state];
  const mark = {
    pending: <LoaderCircle size={16} className={css['turning']} aria-hidden />,
    expired: <TimerOff size={16} aria-hidden />,
    failed: <CircleAlert size={16} aria-hidden />,
  }[media.state];
  const isKnown = message.direction === 'inbound' && asKind(message).media !== undefined;
  const mayRetry = isKnown && mayFetchAgain(media, message.at, now);
  return (
    <div className={css['absent']} data-state={media.state}>
      <span className={css['icon']} aria-hidden>
        {icon}
      </span>
      <div className={css['about']}>
        <bdi className={css['title']}>{name}</bdi>
        <p className={css['why']} role={isLoading ? 'status' : undefined}>
          {mark} <span>{text}</span>
        </p>
        {mayRetry && (
          <Button size="small" isPending={isPending} onPress={() => mutate()}>
            {t('media.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A stored file whose bytes did not come. */
export function Gone({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation('kinds');
  return (
    <div className={css['gone']}>
      <p className={css['why']}>
        <CircleAlert size={16} aria-hidden /> <span>{t('media.gone')}</span>
      </p>
      <Button size="small" onPress={onAgain}>
        {t('media.retry')}
      </Button>
    </div>
  );
}
