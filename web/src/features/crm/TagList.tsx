import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components/Button';
import css from './TagList.module.css';

/** Tags as chips; with `onRemove` each can be taken away. */
export function TagList({
  tags,
  onRemove,
}: {
  tags: readonly string[];
  onRemove?: ((tag: string) => void) | undefined;
}) {
  const { t } = useTranslation('crm');
  if (tags.length === 0) return null;
  return (
    <ul className={css['tags']} aria-label={t('tags')}>
      {tags.map((tag) => (
        <li key={tag} className={css['tag']}>
          <bdi>{tag}</bdi>
          {onRemove && (
            <Button
              aria-label={t('removeTag', { tag })}
              className={css['remove'] ?? ''}
              onPress={() => onRemove(tag)}
            >
              <X size={12} aria-hidden />
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
