import { Suspense, type ReactElement, type ReactNode } from 'react';
import { ButtonContext } from 'react-aria-components/Button';
import { part } from './part';
import { useOpener } from './useOpener';

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

export const MenuPopover = part(() => import('./MenuPopover').then(({ MenuPopover }) => MenuPopover));

/** A menu of actions behind `trigger`, which is a Button or IconButton. */
export function Menu({ label, actions, ...props }: MenuProps) {
  const { preload } = MenuPopover;
  const { isOpen: isOpenByKey, onOpenChange } = props;
  const opener = { kind: 'menu', preload, isOpen: isOpenByKey, onOpenChange } as const;
  const { button, trigger, isOpen, setOpen, firstFocus } = useOpener(opener);
  return (
    <>
      <ButtonContext value={{ ...button, ref: trigger }}>{props.trigger}</ButtonContext>
      {isOpen && (
        <Suspense>
          <MenuPopover
            trigger={trigger}
            onOpenChange={setOpen}
            label={label}
            actions={actions}
            firstFocus={firstFocus}
          />
        </Suspense>
      )}
    </>
  );
}
