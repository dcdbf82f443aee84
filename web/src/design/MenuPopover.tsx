import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { MenuAction } from './Menu';
import css from './Menu.module.css';
import type { FirstFocus, PopoverProps } from './useOpener';

interface MenuPopoverProps extends PopoverProps {
  label: string;
  actions: readonly MenuAction[];
  firstFocus: FirstFocus;
}

/** What a menu shows while it is open. */
export function MenuPopover({ label, actions, firstFocus, ...props }: MenuPopoverProps) {
  const { trigger, onOpenChange } = props;
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={onOpenChange}
      placement="bottom start"
      aria-label={label}
      className={css['popover'] ?? ''}
    >
      <Menu
        aria-label={label}
        items={actions}
        autoFocus={firstFocus}
        onClose={() => onOpenChange(false)}
        className={css['menu'] ?? ''}
      >
        {(action) => (
          <MenuItem
            id={action.id}
            textValue={action.label}
            isDisabled={action.isDisabled ?? false}
            onAction={action.run}
            className={css['item'] ?? ''}
            data-danger={action.isDanger || undefined}
          >
            {action.icon}
            <span className={css['label']}>{action.label}</span>
            {action.shortcut && <span className={css['shortcut']}>{action.shortcut}</span>}
          </MenuItem>
        )}
      </Menu>
    </Popover>
  );
}
