import type { KeyboardEvent, PointerEvent } from 'react';
import css from './Divider.module.css';
import type { Pane } from './usePane';

const STEP = 16;

interface DividerProps {
  label: string;
  pane: Pane;
  /** On which side of the divider its pane is. */
  side: 'before' | 'after';
}

/** The line between two panes: dragged, or moved by the arrow keys; a double click takes the usual width. */
export function Divider({ label, pane, side }: DividerProps) {
  const { width, least, most, resize, reset } = pane;
  const sign = side === 'before' ? 1 : -1;
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget: line, pointerId, clientX: from } = event;
    line.setPointerCapture(pointerId);
    const move = (moved: globalThis.PointerEvent) => resize(width + sign * (moved.clientX - from));
    line.addEventListener('pointermove', move);
    line.addEventListener('lostpointercapture', () => line.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') resize(width - sign * STEP);
    else if (event.key === 'ArrowRight') resize(width + sign * STEP);
    else if (event.key === 'Home') resize(least);
    else if (event.key === 'End') resize(most);
    else return;
    event.preventDefault();
  };
  return (
    // A separator that can be moved is a control: ARIA calls it a focusable separator.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={css['divider']}
      onPointerDown={drag}
      onKeyDown={press}
      onDoubleClick={reset}
    />
  );
}
