import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import css from './Content.module.css';
import { FormattedText } from './FormattedText';
import { kindPart } from './kindPart';

const Kind = kindPart(() => import('./bubbles/Kind').then(({ Kind }) => Kind));

/** What a message says: every kind as what it is, an unknown one by its readable line. */
export function Content({ message, onRaw }: { message: Message; onRaw?: () => void }) {
  const { t } = useTranslation('inbox');
  const { content, edited } = message;
  if (message.revoked) return <p className={css['gone']}>{t('message.revoked')}</p>;
  if (content === null) return <FormattedText text={message.text} />;
  switch (content.type) {
    case 'text':
      return <FormattedText text={edited ?? content.body} />;
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'system':
      return <p className={css['gone']}>{message.text}</p>;
    default:
      return (
        <Suspense fallback={<div className={css['waiting']} data-kind={content.type} />}>
          <Kind message={message} onRaw={onRaw} />
        </Suspense>
      );
  }
}
