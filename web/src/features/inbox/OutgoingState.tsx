import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { useMe } from '@/app/me';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { useErrorText } from '@/design/useErrorText';
import { progressOf, type Upload } from './attach/upload';
import { cancelUpload, retryUpload } from './attach/uploads';
import bubbleCss from './Bubble.module.css';
import { useSend, type Outgoing } from './outgoing';
import css from './OutgoingState.module.css';

interface OutgoingStateProps {
  id: string;
  outgoing: Outgoing;
}

/** What is to be known of a message before it has gone out: how far its file is, or why it was refused. */
export function OutgoingState({ id, outgoing }: OutgoingStateProps) {
  const { retry, discard } = useSend(id);
  const sender = { cache: useQueryClient(), user: useMe().id, id };
  const { key, error, upload, media } = outgoing;
  const cancel = () => cancelUpload(sender, key);
  if (error) {
    return <Refused error={error} onRetry={() => retry(outgoing)} onDiscard={() => discard(key)} />;
  }
  switch (upload?.state) {
    case 'failed':
      return <Refused error={upload.error} onRetry={() => retryUpload(key)} onDiscard={cancel} />;
    case 'waiting':
    case 'preparing':
    case 'sending':
      return <Progress upload={upload} name={media?.filename ?? null} onCancel={cancel} />;
    case 'done':
    case 'cancelled':
    case undefined:
      return null;
  }
}

interface RefusedProps {
  error: unknown;
  onRetry: () => void;
  onDiscard: () => void;
}

const isPriced = (error: unknown): boolean => toApiError(error).type.startsWith('/problems/price-');

function Refused({ error, onRetry, onDiscard }: RefusedProps) {
  const { t } = useTranslation('inbox');
  const { title, text } = useErrorText()(error);
  return (
    <>
      <p className={bubbleCss['cause']} role="alert">
        <CircleAlert size={16} aria-hidden /> {text || title}
      </p>
      <div className={bubbleCss['causeActions']}>
        <Button size="small" onPress={onRetry}>
          {t(isPriced(error) ? 'failure.sendAnyway' : 'failure.retry')}
        </Button>
        <Button size="small" look="quiet" onPress={onDiscard}>
          {t('failure.discard')}
        </Button>
      </div>
    </>
  );
}

interface ProgressProps {
  upload: Extract<Upload, { state: 'waiting' | 'preparing' | 'sending' }>;
  name: string | null;
  onCancel: () => void;
}

function Progress({ upload, name, onCancel }: ProgressProps) {
  const { t } = useTranslation('kinds');
  const progress = progressOf(upload);
  const percent = Math.floor((progress ?? 0) * 100);
  return (
    <div className={css['line']}>
      <div className={css['about']}>
        <span>{t(`upload.${upload.state}`, { percent })}</span>
        <progress
          className={css['bar']}
          aria-label={t('upload.progress', { name: name ?? t('file') })}
          max={100}
          {...(progress !== null && { value: percent })}
        />
      </div>
      <IconButton label={t('upload.cancel')} icon={<X size={16} />} onPress={onCancel} />
    </div>
  );
}
