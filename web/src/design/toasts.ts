/** The queue of short messages at the edge of the page. `showToast` may be called from anywhere. */

export interface Toast {
  id: number;
  text: string;
  look: 'info' | 'error';
  action?: { label: string; run: () => void } | undefined;
}

/** Ten seconds, so that an Undo can be reached; an error stays until it is closed. */
const SHOWN = 10_000;

let toasts: readonly Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(changed: readonly Toast[]): void {
  toasts = changed;
  listeners.forEach((listener) => listener());
}

export function closeToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

export function showToast(text: string, more: Partial<Pick<Toast, 'look' | 'action'>> = {}): void {
  const toast: Toast = { id: next++, text, look: 'info', ...more };
  set([...toasts.slice(-2), toast]);
  if (toast.look === 'info') setTimeout(() => closeToast(toast.id), SHOWN);
}

export const toastStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): readonly Toast[] => toasts,
};
