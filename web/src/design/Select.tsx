import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import menu from './Menu.module.css';
import css from './Select.module.css';

export interface Option<Id extends string> {
  id: Id;
  label: string;
  icon?: ReactNode;
}

interface SelectProps<Id extends string> {
  label: string;
  hideLabel?: boolean;
  options: readonly Option<Id>[];
  value: Id;
  onChange: (id: Id) => void;
  /** `quiet` has no border: for a value in a header or a table. */
  look?: 'field' | 'chip' | 'quiet';
  isDisabled?: boolean;
}

export function Select<Id extends string>({ look = 'field', options, ...props }: SelectProps<Id>) {
  return (
    <AriaSelect
      className={css['select'] ?? ''}
      value={props.value}
      onChange={(key) => props.onChange(key as Id)}
      isDisabled={props.isDisabled ?? false}
    >
      <Label className={props.hideLabel ? 'visually-hidden' : (css['label'] ?? '')}>{props.label}</Label>
      <Button className={css['button'] ?? ''} data-look={look}>
        <SelectValue className={css['value'] ?? ''} />
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className={menu['popover'] ?? ''}>
        <ListBox items={options} className={menu['menu'] ?? ''}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={menu['item'] ?? ''}>
              {option.icon}
              <span className={menu['label']}>{option.label}</span>
              <Check size={16} aria-hidden className={menu['check']} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
