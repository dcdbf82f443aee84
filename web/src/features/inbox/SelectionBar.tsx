import { Forward } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, type Command } from '@/app/commands';
import { Button } from '@/design/Button';
import { inOrder } from './forwards';
import css from './Selection.module.css';
import { useSelection } from './selection';

/** What can be done with the selected messages; it stands in place of the composer. */
export function SelectionBar() {
  const { t } = useTranslation('kinds');
  const { selected, forward, end } = useSelection();
  const commands = useMemo<Command[]>(
    () => [{ id: 'select-end', label: t('forward.cancel'), keys: 'Escape', section: 'inbox', run: end }],
    [t, end],
  );
  useCommands(commands);
  const count = selected?.size ?? 0;
  return (
    <div className={css['bar']}>
      <span role="status" className={css['count']}>
        {t('forward.selected', { count })}
      </span>
      <Button onPress={end}>{t('forward.cancel')}</Button>
      <Button
        look="primary"
        icon={<Forward size={16} aria-hidden />}
        isDisabled={count === 0}
        autoFocus
        onPress={() => forward(inOrder(selected?.values() ?? []))}
      >
        {t('forward.action')}
      </Button>
    </div>
  );
}
