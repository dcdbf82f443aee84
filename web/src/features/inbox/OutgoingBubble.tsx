import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '@/app/useFormats';
import { Button } from '@/design/Button';
import { useErrorText } from '@/design/useErrorText';
import css from './Bubble.module.css';
import { FormattedText } from './FormattedText';
import { useSend, type Outgoing } from './outgoing';
import { Ticks } from './Ticks';

/** A message of this tab that the API has not accepted yet, or has refused. */
export function OutgoingBubble({ id, outgoing }: { id: string; outgoing: Outgoing }) {
  const { t } = useTranslation('inbox');
  const { time } = useFormats();
  const { retry, discard } = useSend(id);
  const errorText = useErrorText();
  const { key, text, at, error, isWaiting } = outgoing;
  const waiting = navigator.onLine && !isWaiting ? 'sending' : 'waiting';
  return (
    <div className={css['line']} data-side="outbound">
      <article className={css['bubble']} data-failed={error ? true : undefined}>
        <div className={css['body']}>
          <div className={css['content']}>
            <FormattedText text={text} />
          </div>
          <p className={css['foot']}>
            <time dateTime={at}>{time(at)}</time>
            <Ticks status={error ? 'failed' : waiting} />
          </p>
        </div>
        {error && (
          <>
            <p className={css['cause']} role="alert">
              <CircleAlert size={16} aria-hidden /> {errorText(error).text || errorText(error).title}
            </p>
            <div className={css['causeActions']}>
              <Button size="small" onPress={() => retry(outgoing)}>
                {t('failure.retry')}
              </Button>
              <Button size="small" look="quiet" onPress={() => discard(key)}>
                {t('failure.discard')}
              </Button>
            </div>
          </>
        )}
      </article>
    </div>
  );
}
