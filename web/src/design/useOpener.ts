import { useRef, useState, type RefObject } from 'react';
import type { ButtonProps } from 'react-aria-components/Button';

/** The line that has the focus when a popover opens; with `true`, the popover chooses. */
export type FirstFocus = 'first' | 'last' | true;

/** The keys that open a list, and the line at which it begins. */
const ARROWS: Partial<Record<string, FirstFocus>> = { ArrowDown: 'first', ArrowUp: 'last' };

/** What every popover takes that a button opens. It is there while it is open. */
export interface PopoverProps {
  trigger: RefObject<HTMLButtonElement | null>;
  onOpenChange: (isOpen: boolean) => void;
}

interface OpenerProps {
  kind: 'menu' | 'listbox' | 'dialog';
  /** Loads the popover: called when the pointer or the focus comes to the button. */
  preload: () => void;
  /** For what a key opens too. */
  isOpen?: boolean | undefined;
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
}

/** A button that opens a popover, which is loaded only then. `button` belongs into its ButtonContext. */
export function useOpener({ kind, preload, onOpenChange, ...props }: OpenerProps) {
  const [isOwnOpen, setOwnOpen] = useState(false);
  const [firstFocus, setFirstFocus] = useState<FirstFocus>(true);
  const trigger = useRef<HTMLButtonElement>(null);
  const isOpen = props.isOpen ?? isOwnOpen;
  const setOpen = (is: boolean, focus: FirstFocus = true) => {
    setFirstFocus(focus);
    setOwnOpen(is);
    onOpenChange?.(is);
  };
  const button: ButtonProps = {
    'aria-haspopup': kind,
    'aria-expanded': isOpen,
    onHoverStart: preload,
    onFocus: preload,
    onPress: ({ pointerType }) =>
      setOpen(true, pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : true),
    onKeyDown: (event) => {
      const focus = kind === 'dialog' ? undefined : ARROWS[event.key];
      if (!focus || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
        event.continuePropagation();
        return;
      }
      event.preventDefault();
      setOpen(true, focus);
    },
  };
  return { button, trigger, isOpen, setOpen, firstFocus };
}
