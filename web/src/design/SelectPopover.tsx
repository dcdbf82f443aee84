import { Check } from 'lucide-react';
import type { Selection } from 'react-aria-components/ListBox';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import css from './Menu.module.css';
import type { Option } from './Select';
import type { PopoverProps } from './useOpener';

interface SelectPopoverProps extends PopoverProps {
  label: string;
  options: readonly Option<string>[];
  value: string;
  onChoose: (id: string) => void;
}

/** The list of a Select while it is open. */
export function SelectPopover({ label, options, value, onChoose, ...props }: SelectPopoverProps) {
  const { trigger, onOpenChange } = props;
  // The chosen one pressed again is taken out of the selection: it stays what it was.
  const select = (keys: Selection) => {
    onOpenChange(false);
    const [key] = keys;
    if (key !== undefined) onChoose(String(key));
  };
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      onOpenChange={onOpenChange}
      placement="bottom start"
      aria-label={label}
      className={css['popover'] ?? ''}
    >
      <ListBox
        aria-label={label}
        items={options}
        selectionMode="single"
        selectedKeys={[value]}
        onSelectionChange={select}
        autoFocus
        shouldFocusOnHover
        shouldSelectOnPressUp
        escapeKeyBehavior="none"
        className={css['menu'] ?? ''}
      >
        {(option) => (
          <ListBoxItem id={option.id} textValue={option.label} className={css['item'] ?? ''}>
            {option.icon}
            <span className={css['label']}>{option.label}</span>
            <Check size={16} aria-hidden className={css['check']} />
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
