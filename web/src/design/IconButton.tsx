import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components/Button';
import type { ReactElement } from 'react';
import css from './Button.module.css';
import { Tooltip } from './Tooltip';

export interface IconButtonProps extends Omit<AriaProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Its name: shown as a tooltip, read by screen readers. */
  label: string;
  icon: ReactElement;
  outlined?: boolean;
  shortcut?: string | undefined;
}

export function IconButton({ label, icon, outlined = false, shortcut, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={css['icon'] ?? ''}
        data-outlined={outlined || undefined}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
