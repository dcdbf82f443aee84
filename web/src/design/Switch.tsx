import type { ReactNode } from 'react';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import css from './Switch.module.css';

interface SwitchProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean;
}

/** For what holds at once, without a button to save it. */
export function Switch({ children, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest}>
      <SwitchButton className={css['switch'] ?? ''}>
        <span className={css['track']} aria-hidden>
          <span className={css['thumb']} />
        </span>
        {children}
      </SwitchButton>
    </SwitchField>
  );
}
