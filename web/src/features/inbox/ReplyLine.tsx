import { CornerUpLeft, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '@/api/schema';
import { IconButton } from '@/design/IconButton';
import css from './Composer.module.css';
import { Preview } from './Quote';

/** The message that is answered, above the composer. */
export function ReplyLine({ replyTo, onCancel }: { replyTo: Message; onCancel: () => void }) {
  const { t } = useTranslation('inbox');
  return (
    <div className={css['reply']}>
      <CornerUpLeft size={16} aria-hidden />
      <span className="visually-hidden">{t('composer.replyTo')}</span>
      <span className={css['quote']}>
        <Preview message={replyTo} />
      </span>
      <IconButton label={t('composer.cancelReply')} icon={<X size={16} />} onPress={onCancel} />
    </div>
  );
}
