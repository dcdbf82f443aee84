import { useState, type RefObject } from 'react';
import { useRealtime } from '@/app/realtime';
import { readDraft, writeDraft } from './drafts';
import { useTypingSignal } from './useTypingSignal';

/** What is being written: kept at each key, so that nothing that ends the page or the session loses it. */
export function useDraft(user: string, id: string, box: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useState(() => readDraft(user, id));
  const { typing } = useRealtime();
  const signal = useTypingSignal(id, typing);
  const set = (changed: string) => {
    setText(changed);
    writeDraft(user, id, changed);
  };
  const write = (changed: string) => {
    set(changed);
    signal();
  };
  /** Puts something in place of what is marked. */
  const insert = (what: string) => {
    box.current?.focus();
    // Nothing else leaves the browser's own undo working.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    document.execCommand('insertText', false, what);
  };
  const wrap = (mark: string) => {
    const { selectionStart = 0, selectionEnd = 0 } = box.current ?? {};
    const marked = text.slice(selectionStart, selectionEnd);
    insert(`${mark}${marked}${mark}`);
    if (marked === '') box.current?.setSelectionRange(selectionStart + 1, selectionStart + 1);
  };
  return { text, write, clear: () => set(''), insert, wrap };
}
