import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import css from './Menu.module.css';

export interface MenuAction {
  id: string;
  label: string;
  icon?: ReactNode;
  shortcut?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  run: () => void;
}

interface MenuProps {
  trigger: ReactElement;
  label: string;
  actions: readonly MenuAction[];
  /** For a menu that a key opens too. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A menu of actions behind `trigger`, which is a Button or IconButton. */
export function Menu(props: MenuProps) {
  const { isOpen, onOpenChange } = props;
  return (
    <MenuTrigger {...(isOpen !== undefined && { isOpen })} {...(onOpenChange && { onOpenChange })}>
      {props.trigger}
      <Popover className={css['popover'] ?? ''}>
        <AriaMenu aria-label={props.label} items={props.actions} className={css['menu'] ?? ''}>
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
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
