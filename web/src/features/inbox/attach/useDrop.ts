import { useEffect, useRef, useState, type RefObject } from 'react';

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/**
 * Files that are dropped anywhere on the thread, or pasted into it, are attached. Gives the thread while files are
 * held over it.
 */
export function useDrop(
  box: RefObject<HTMLElement | null>,
  onFiles: (files: readonly File[]) => void,
): Element | null {
  const [over, setOver] = useState<Element | null>(null);
  const take = useRef(onFiles);
  useEffect(() => {
    take.current = onFiles;
  });
  useEffect(() => {
    const thread = box.current?.closest('section');
    if (!thread) return;
    // Each child that is entered or left says so too.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth += 1;
      setOver(thread);
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(null);
    };
    const hover = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(null);
      take.current(Array.from(event.dataTransfer?.files ?? []));
    };
    const paste = (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      const { types = [] } = event.clipboardData ?? {};
      // A table that is copied brings a picture of itself: its words are meant.
      const isTable = types.includes('text/plain') && types.includes('text/html');
      if (files.length === 0 || isTable) return;
      event.preventDefault();
      take.current(files);
    };
    const listening = new AbortController();
    const { signal } = listening;
    // Beside the thread the browser would leave the page for the file.
    addEventListener('dragover', hover, { signal });
    addEventListener('drop', hover, { signal });
    thread.addEventListener('dragenter', enter, { signal });
    thread.addEventListener('dragleave', leave, { signal });
    thread.addEventListener('dragover', hover, { signal });
    thread.addEventListener('drop', drop, { signal });
    thread.addEventListener('paste', paste, { signal });
    return () => listening.abort();
  }, [box]);
  return over;
}
