import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import css from './Bubble.module.css';
import { asKind } from './kinds';

/** The emoji that both sides have put to a message. */
export function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const { reaction, ownReaction } = asKind(message);
  if (!reaction && !ownReaction) return null;
  return (
    <span className={css['reactions']}>
      {reaction && (
        <span className={css['reaction']} role="img" aria-label={t('message.reaction', { emoji: reaction })}>
          {reaction}
        </span>
      )}
      {ownReaction && (
        <span
          className={css['reaction']}
          data-own
          role="img"
          aria-label={t('message.ownReaction', { emoji: ownReaction })}
        >
          {ownReaction}
        </span>
      )}
    </span>
  );
}
