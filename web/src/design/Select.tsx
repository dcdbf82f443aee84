import { ChevronDown } from 'lucide-react';
import { Suspense, useId, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { part } from './part';
import css from './Select.module.css';
import { useOpener } from './useOpener';

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

export const SelectPopover = part(() => import('./SelectPopover').then(({ SelectPopover }) => SelectPopover));

/** One value out of some: a button that shows it and opens their list. */
export function Select<Id extends string>({ look = 'field', options, ...props }: SelectProps<Id>) {
  const { label, value, onChange } = props;
  const { preload } = SelectPopover;
  const { button, trigger, isOpen, setOpen } = useOpener({ kind: 'listbox', preload });
  const labelId = useId();
  const valueId = useId();
  const chosen = options.find(({ id }) => id === value);
  const choose = (id: string) => {
    const found = options.find((option) => option.id === id);
    if (found) onChange(found.id);
  };
  return (
    <div className={css['select']}>
      <span id={labelId} className={props.hideLabel ? 'visually-hidden' : css['label']}>
        {label}
      </span>
      <Button
        {...button}
        ref={trigger}
        isDisabled={props.isDisabled ?? false}
        aria-labelledby={`${valueId} ${labelId}`}
        className={css['button'] ?? ''}
        data-look={look}
      >
        <span id={valueId} className={css['value']}>
          {chosen?.icon}
          <span>{chosen?.label}</span>
        </span>
        <ChevronDown size={16} aria-hidden />
      </Button>
      {isOpen && (
        <Suspense>
          <SelectPopover
            trigger={trigger}
            onOpenChange={setOpen}
            label={label}
            options={options}
            value={value}
            onChoose={choose}
          />
        </Suspense>
      )}
    </div>
  );
}
