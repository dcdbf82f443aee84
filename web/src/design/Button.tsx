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

/** While `isPending` it keeps the focus and does nothing. (React Aria's own announcement of it leaves a nameless image.) */
export function Button({
  look = 'secondary',
  size = 'medium',
  icon,
  isPending = false,
  onPress,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(onPress && !isPending && { onPress })}
      className={css['button'] ?? ''}
      data-look={look}
      data-size={size}
      data-pending={isPending || undefined}
      aria-disabled={isPending || undefined}
    >
      {icon}
      {children}
    </AriaButton>
  );
}
