import { useTranslation } from 'react-i18next';
import { useFormats } from '@/app/useFormats';
import css from './Messages.module.css';
import { useNow } from './useNow';

const DAY = 86_400_000;

/** The day of the messages below. */
export function Day({ at }: { at: string }) {
  const { t } = useTranslation('inbox');
  const { day, dayKey } = useFormats();
  const now = useNow();
  const key = dayKey(at);
  if (key === dayKey(now)) return <span className={css['day']}>{t('thread.today')}</span>;
  if (key === dayKey(now - DAY)) return <span className={css['day']}>{t('thread.yesterday')}</span>;
  return <span className={css['day']}>{day(at)}</span>;
}
