import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import css from './Tooltip.module.css';

/** Around a control of React Aria. What a tooltip says must also be found without it. */
export function Tooltip(props: { text: string; shortcut?: string | undefined; children: ReactElement }) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      {props.children}
      <AriaTooltip className={css['tooltip'] ?? ''} offset={6}>
        {props.text}
        {props.shortcut && <span className={css['shortcut']}>{props.shortcut}</span>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
