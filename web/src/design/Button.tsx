import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components/Button';
import type { ReactNode, Ref } from 'react';
import css from './Button.module.css';

export interface ButtonProps extends Omit<AriaProps, 'className' | 'style' | 'children'> {
  /** One `primary` on a screen. `danger` for what cannot be undone. */
  look?: 'primary' | 'secondary' | 'quiet' | 'danger' | undefined;
  size?: 'small' | 'medium' | 'large' | undefined;
  icon?: ReactNode;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = 'secondary', size = 'medium', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={css['button'] ?? ''} data-look={look} data-size={size}>
      {icon}
      {children}
    </AriaButton>
  );
}
