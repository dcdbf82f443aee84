/**
 * The commands of what is on screen: the palette lists them, their keys run them, the key sheet shows them.
 * A screen adds its own with `useCommands` while it is shown.
 */
import { useEffect, useSyncExternalStore } from 'react';

export interface Command {
  id: string;
  label: string;
  /** Such as `Alt+J`, `Mod+K` (⌘ on a Mac, else Ctrl) or `?`. A key without modifier does not run while one types. */
  keys?: string;
  /** A second set of keys for the same, out of another habit. */
  also?: string;
  section: 'general' | 'inbox' | 'page';
  run: () => void;
}

let lists: readonly (readonly Command[])[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

function set(changed: typeof lists): void {
  lists = changed;
  all = changed.flat();
  listeners.forEach((listener) => listener());
}

/** `commands` has to keep its identity between renders: make it with `useMemo`. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    set([...lists, commands]);
    return () => set(lists.filter((list) => list !== commands));
  }, [commands]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, () => all);
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How a key is written on this machine: `Ctrl+K` or `⌘K`. */
export function keyLabel(keys: string): string {
  if (!isMac) return keys.replace('Mod', 'Ctrl').replace('Escape', 'Esc');
  return keys.replaceAll('+', '').replace('Mod', '⌘').replace('Alt', '⌥').replace('Shift', '⇧');
}

const PLACES: Record<string, string> = { '[': 'BracketLeft', ']': 'BracketRight' };

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

export function matchesKeys(keys: string, event: Pressed, mac = isMac): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (wants('Mod') !== mod || other || wants('Alt') !== event.altKey) return false;
  // With Alt a layout types other letters: the place of the key decides.
  const code = /^[A-Z]$/.test(key) ? `Key${key}` : PLACES[key];
  const isKey =
    event.altKey && code !== undefined ? event.code === code : event.key.toUpperCase() === key.toUpperCase();
  return isKey && (key === '?' || wants('Shift') === event.shiftKey);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listens for the keys of all commands; the newest screen's come first. */
export function listenForKeys(): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const isPressed = (keys?: string) => keys !== undefined && matchesKeys(keys, event);
    const command = all.findLast(({ keys, also }) => isPressed(keys) || isPressed(also));
    if (!command?.keys) return;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (isPlain && isTyping(event.target)) return;
    // Under an open dialog only the palette's own key works.
    if (document.querySelector('[role=dialog],[role=alertdialog]') && command.keys !== 'Mod+K') return;
    event.preventDefault();
    command.run();
  };
  addEventListener('keydown', pressed);
  return () => removeEventListener('keydown', pressed);
}
