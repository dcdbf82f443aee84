import { useCallback, useState } from 'react';

export interface Pane {
  width: number;
  least: number;
  most: number;
  resize: (width: number) => void;
  reset: () => void;
}

interface Sizes {
  usual: number;
  least: number;
  most: number;
}

export const LIST: Sizes = { usual: 348, least: 280, most: 480 };
export const CONTACT: Sizes = { usual: 300, least: 240, most: 440 };

/** The width of a pane, remembered in this browser. */
export function usePane(name: 'list' | 'contact', { usual, least, most }: Sizes): Pane {
  const stored = `leadwire-pane-${name}`;
  const [width, setWidth] = useState(() => {
    const read = Number(localStorage.getItem(stored));
    return read >= least && read <= most ? read : usual;
  });
  const resize = useCallback(
    (to: number) => {
      const fits = Math.round(Math.min(most, Math.max(least, to)));
      localStorage.setItem(stored, String(fits));
      setWidth(fits);
    },
    [stored, least, most],
  );
  return { width, least, most, resize, reset: () => resize(usual) };
}
