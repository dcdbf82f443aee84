import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import css from './Chips.module.css';

interface ChipsProps<Id extends string> {
  label: string;
  chips: readonly { id: Id; label: string; icon?: ReactNode }[];
  selected: readonly Id[];
  onChange: (selected: Id[]) => void;
}

/** Filters that can be on together. None of them on means all. */
export function Chips<Id extends string>({ label, chips, selected, onChange }: ChipsProps<Id>) {
  const toggle = (id: Id, is: boolean) =>
    onChange(is ? [...selected, id] : selected.filter((other) => other !== id));
  return (
    <div role="group" aria-label={label} className={css['chips']}>
      {chips.map((chip) => (
        <ToggleButton
          key={chip.id}
          className={css['chip'] ?? ''}
          isSelected={selected.includes(chip.id)}
          onChange={(is) => toggle(chip.id, is)}
        >
          {chip.icon}
          {chip.label}
        </ToggleButton>
      ))}
    </div>
  );
}
