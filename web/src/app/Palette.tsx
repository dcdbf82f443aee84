import { useTranslation } from 'react-i18next';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Dialog } from '@/design/Dialog';
import { Field } from '@/design/Field';
import menu from '@/design/Menu.module.css';
import { keyLabel, useAllCommands } from './commands';

/** Every command of what is on screen, found by typing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('common');
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useAllCommands().filter(({ id }) => id !== 'palette');
  const run = (id: string) => {
    onClose();
    commands.find((command) => command.id === id)?.run();
  };
  return (
    <Dialog title={t('palette.title')} isOpen onClose={onClose}>
      <Autocomplete filter={contains}>
        <Field label={t('palette.title')} hideLabel placeholder={t('palette.placeholder')} autoFocus />
        <Menu
          aria-label={t('palette.title')}
          items={commands}
          className={menu['menu'] ?? ''}
          onAction={(id) => run(String(id))}
          renderEmptyState={() => t('palette.empty')}
        >
          {({ id, label, keys }) => (
            <MenuItem id={id} textValue={label} className={menu['item'] ?? ''}>
              <span className={menu['label']}>{label}</span>
              {keys && <kbd>{keyLabel(keys)}</kbd>}
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
