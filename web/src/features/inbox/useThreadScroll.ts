/** Where the thread stands: it opens at the unread line or the end, and nothing moves what is under the eye. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { indexOf, newSince, type Item } from './items';
import type { ThreadData } from './useThread';

const AT_END = 60;
/** Older messages are asked for when so few are left above. */
const OLDER_WITHIN = 20;
const PADDING = 40;
const ESTIMATES: Record<Item['kind'], number> = { day: 46, unread: 46, message: 62, outgoing: 62 };

export function useThreadScroll({ items, messages, outgoing, opened, query }: ThreadData) {
  const scroller = useRef<HTMLDivElement>(null);
  // With a new function all messages would be measured again.
  const keyAt = useCallback((index: number) => items[index]?.key ?? index, [items]);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called in this render only
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ESTIMATES[items[index]?.kind ?? 'message'],
    getItemKey: keyAt,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: AT_END,
    overscan: 8,
    paddingStart: PADDING,
    paddingEnd: PADDING / 2,
  });

  const placed = useRef(false);
  const wasAtEnd = useRef(opened.firstUnread === null);
  useLayoutEffect(
    () => () => {
      placed.current = false;
    },
    [],
  );
  useLayoutEffect(() => {
    if (items.length === 0) return;
    if (placed.current) {
      // Who reads the end stays there, also when late messages come in above it.
      if (wasAtEnd.current) rows.scrollToEnd();
      return;
    }
    placed.current = true;
    const unread = items.findIndex(({ kind }) => kind === 'unread');
    if (unread >= 0) rows.scrollToIndex(unread, { align: 'start' });
    else rows.scrollToEnd();
  }, [items, rows]);

  // Counted, not read from the page: reading makes the browser lay it out once more for each frame.
  const { scrollOffset, scrollRect } = rows;
  const isAtEnd =
    scrollOffset === null || rows.getTotalSize() - (scrollRect?.height ?? 0) - scrollOffset <= AT_END;
  useEffect(() => {
    if (scrollOffset !== null) wasAtEnd.current = isAtEnd;
  });

  // What one sends is always followed.
  const sent = useRef(outgoing.length);
  useLayoutEffect(() => {
    if (outgoing.length > sent.current) rows.scrollToEnd();
    sent.current = outgoing.length;
  }, [outgoing.length, rows]);

  const first = rows.range?.startIndex ?? Infinity;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    const isNear = first < OLDER_WITHIN && hasNextPage && !isFetchingNextPage;
    if (isNear && !isFetchNextPageError) void fetchNextPage();
  }, [first, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const newest = messages[0]?.id ?? null;
  const [seen, setSeen] = useState(opened.newest);
  if (isAtEnd && scrollOffset !== null && newest !== seen) setSeen(newest);

  const goToEnd = useCallback(() => rows.scrollToEnd(), [rows]);
  const goTo = useCallback(
    (id: string) => {
      const index = indexOf(items, id);
      if (index >= 0) rows.scrollToIndex(index, { align: 'center' });
    },
    [items, rows],
  );
  return { scroller, rows, isAtEnd, missed: isAtEnd ? 0 : newSince(messages, seen), goToEnd, goTo };
}
