import { Suspense } from 'react';
import { useFormats } from '@/app/useFormats';
import css from './Bubble.module.css';
import { Content } from './Content';
import { kindPart } from './kindPart';
import { bubbleOf, type Outgoing } from './outgoing';
import { Ticks } from './Ticks';

const OutgoingState = kindPart(() => import('./OutgoingState').then(({ OutgoingState }) => OutgoingState));

/** A message of this tab that the API has not accepted yet, or has refused. */
export function OutgoingBubble({ id, outgoing }: { id: string; outgoing: Outgoing }) {
  const { time } = useFormats();
  const { at, error, upload, isWaiting } = outgoing;
  const isFailed = error !== undefined || upload?.state === 'failed';
  const waiting = navigator.onLine && !isWaiting ? 'sending' : 'waiting';
  return (
    <div className={css['line']} data-side="outbound">
      <article className={css['bubble']} data-failed={isFailed || undefined}>
        <div className={css['body']} data-kind={outgoing.content?.type ?? 'text'}>
          <div className={css['content']}>
            <Content message={bubbleOf(id, outgoing)} />
          </div>
          <p className={css['foot']}>
            <time dateTime={at}>{time(at)}</time>
            <Ticks status={isFailed ? 'failed' : waiting} />
          </p>
        </div>
        {(error ?? upload) && (
          <Suspense>
            <OutgoingState id={id} outgoing={outgoing} />
          </Suspense>
        )}
      </article>
    </div>
  );
}
