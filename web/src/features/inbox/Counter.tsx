import { useTranslation } from 'react-i18next';
import css from './Composer.module.css';

/** The longest text that WhatsApp takes. */
export const LIMIT = 4096;
/** So near to the limit the counter is shown. */
const NEAR = 596;

/** How long a text is, once it comes near to the limit. */
export function Counter({ length, limit }: { length: number; limit: number }) {
  const { t } = useTranslation('inbox');
  if (length < limit - NEAR) return null;
  return (
    <span className={css['counter']} data-over={length > limit || undefined} role="status">
      {t('composer.counter', { count: length, limit })}
    </span>
  );
}
