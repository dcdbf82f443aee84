/** The messages of a thread that are selected, and what is forwarded. */
import { createContext, use, useMemo, useState } from 'react';
import type { Message } from '@/api/schema';

/** More at once would be a mistake. */
export const MOST_MESSAGES = 30;

export interface Selection {
  /** Null while nothing is being selected. */
  selected: ReadonlyMap<string, Message> | null;
  begin: (message: Message) => void;
  toggle: (message: Message) => void;
  end: () => void;
  /** What a dialog asks where to forward to. */
  forwarding: readonly Message[];
  forward: (messages: readonly Message[]) => void;
}

const NOTHING: readonly Message[] = [];
const None: Selection = {
  selected: null,
  begin: () => undefined,
  toggle: () => undefined,
  end: () => undefined,
  forwarding: NOTHING,
  forward: () => undefined,
};

export const SelectionContext = createContext<Selection>(None);

export const useSelection = (): Selection => use(SelectionContext);

export function useNewSelection(): Selection {
  const [selected, setSelected] = useState<Selection['selected']>(null);
  const [forwarding, forward] = useState(NOTHING);
  return useMemo(
    () => ({
      selected,
      begin: (message) => setSelected(new Map([[message.id, message]])),
      toggle: (message) =>
        setSelected((before) => {
          const after = new Map(before);
          if (!after.delete(message.id) && after.size < MOST_MESSAGES) after.set(message.id, message);
          return after;
        }),
      end: () => {
        setSelected(null);
        forward(NOTHING);
      },
      forwarding,
      forward,
    }),
    [selected, forwarding],
  );
}
