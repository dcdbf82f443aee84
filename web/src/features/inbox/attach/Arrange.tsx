import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/design/IconButton';
import css from './Editor.module.css';

interface ArrangeProps {
  name: string;
  index: number;
  count: number;
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** Moves one of several up or down, or takes it away; the last one stays. */
export function Arrange({ name, index, count, onMove, onRemove }: ArrangeProps) {
  const { t } = useTranslation('kinds');
  return (
    <span className={css['tools']}>
      <IconButton
        label={t('editor.up', { name })}
        icon={<ArrowUp size={16} />}
        isDisabled={index === 0}
        onPress={() => onMove(index - 1)}
      />
      <IconButton
        label={t('editor.down', { name })}
        icon={<ArrowDown size={16} />}
        isDisabled={index === count - 1}
        onPress={() => onMove(index + 1)}
      />
      <IconButton
        label={t('editor.remove', { name })}
        icon={<Trash2 size={16} />}
        isDisabled={count === 1}
        onPress={onRemove}
      />
    </span>
  );
}
