import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import css from './Bubble.module.css';

interface QuoteProps {
  quoted: Message | 'unknown';
  name: string;
  onGoTo: (id: string) => void;
}

/** What a message answers; a press leads to it. */
export function Quote({ quoted, name, onGoTo }: QuoteProps) {
  const { t } = useTranslation(['inbox', 'common']);
  if (quoted === 'unknown') return <div className={css['quote']}>{t('message.unknownQuote')}</div>;
  return (
    <button type="button" className={css['quote']} onClick={() => onGoTo(quoted.id)}>
      <bdi className={css['quoteName']}>{quoted.direction === 'inbound' ? name : t('common:you')}</bdi>
      <bdi className={css['quoteText']}>{quoted.text}</bdi>
    </button>
  );
}
