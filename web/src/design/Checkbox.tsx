import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import css from './Checkbox.module.css';

interface CheckboxProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest}>
      <CheckboxButton className={css['checkbox'] ?? ''}>
        <span className={css['box']} aria-hidden>
          <Check size={16} />
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}
