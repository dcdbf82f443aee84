import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '@/api/problem';
import { Button } from './Button';
import css from './Empty.module.css';
import { useErrorText } from './useErrorText';

/** What happened, what to do next, and the request's id at one click. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('errors');
  const { title, text } = useErrorText()(error);
  const { requestId } = toApiError(error);
  return (
    <div className={css['empty']} data-tone="red" role="alert">
      <span className={css['icon']} aria-hidden>
        <CircleAlert size={20} />
      </span>
      <p className={css['title']}>{title}</p>
      <p className={css['text']}>{text}</p>
      {onRetry && <Button onPress={onRetry}>{t('retry')}</Button>}
      {requestId && (
        <details className={css['details']}>
          <summary>{t('requestId')}</summary>
          <code>{requestId}</code>
        </details>
      )}
    </div>
  );
}

/** An error in a line, for forms. */
export function ErrorLine({ error }: { error: unknown }) {
  const { title, text } = useErrorText()(error);
  return (
    <p role="alert" className={css['line']}>
      <CircleAlert size={16} aria-hidden />
      <span>{text || title}</span>
    </p>
  );
}
