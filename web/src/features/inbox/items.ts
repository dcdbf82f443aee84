/** What a thread shows, from the oldest to the newest: messages, days, the unread line, and what is on its way. */
import type { Message } from '@/api/schema';
import type { Outgoing } from './outgoing';

export type Item =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'message'; key: string; message: Message; isGrouped: boolean; isLate: boolean }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing };

const GROUPED_WITHIN = 60_000;
/** A message that reached us so much later than it was written is marked. */
const LATE_AFTER = 120_000;

export interface Opened {
  /** The id of the first message that was unread when the thread was opened. */
  firstUnread: string | null;
  /** The newest message at that time. */
  newest: string | null;
  count: number;
}

/** Which message the unread line stands above: it stays there while the thread is open. */
export function openedAt(newestFirst: readonly Message[], unread: number): Opened {
  const theirs = newestFirst.filter(({ direction }) => direction === 'inbound').slice(0, unread);
  return {
    firstUnread: theirs.at(-1)?.id ?? null,
    newest: newestFirst[0]?.id ?? null,
    count: theirs.length,
  };
}

export function threadItems(
  newestFirst: readonly Message[],
  outgoing: readonly Outgoing[],
  opened: Opened,
  dayKey: (at: string) => string,
  hasOlder = false,
): Item[] {
  const items: Item[] = [];
  // A bubble keeps the key under which it was sent, so that it is replaced in place.
  const keyOf = new Map(outgoing.map(({ key, messageId }) => [messageId, key]));
  let day = '';
  let before: Message | null = null;
  const separate = (at: string) => {
    if (dayKey(at) === day) return;
    day = dayKey(at);
    before = null;
    // The day of the oldest message stands above it once nothing older can come between.
    if (items.length > 0 || !hasOlder) items.push({ kind: 'day', key: `day ${day}`, at });
  };
  for (const message of newestFirst.toReversed()) {
    separate(message.at);
    if (message.id === opened.firstUnread) {
      before = null;
      items.push({ kind: 'unread', key: 'unread', count: opened.count });
    }
    const last: Message | null = before;
    const isGrouped =
      last?.direction === message.direction && Date.parse(message.at) - Date.parse(last.at) < GROUPED_WITHIN;
    const isLate =
      message.arrivedAt !== undefined && Date.parse(message.arrivedAt) - Date.parse(message.at) > LATE_AFTER;
    items.push({ kind: 'message', key: keyOf.get(message.id) ?? message.id, message, isGrouped, isLate });
    before = message;
  }
  const shown = new Set(newestFirst.map(({ id }) => id));
  for (const one of outgoing) {
    if (one.messageId !== undefined && shown.has(one.messageId)) continue;
    separate(one.at);
    items.push({ kind: 'outgoing', key: one.key, outgoing: one });
  }
  return items;
}

/** Where a message stands among the items; -1 if it is not loaded. */
export const indexOf = (items: readonly Item[], id: string): number =>
  items.findIndex((item) => item.kind === 'message' && item.message.id === id);

/** The day of what stands at `index`. */
export function timeAt(items: readonly Item[], index: number): string | null {
  for (const item of items.slice(index, index + 3)) {
    if (item.kind === 'message') return item.message.at;
    if (item.kind === 'outgoing') return item.outgoing.at;
    if (item.kind === 'day') return item.at;
  }
  return null;
}

/** How many of the customer's messages came after `seen`, the newest that was in view. */
export function newSince(newestFirst: readonly Message[], seen: string | null): number {
  const at = newestFirst.findIndex(({ id }) => id === seen);
  return newestFirst.slice(0, Math.max(at, 0)).filter(({ direction }) => direction === 'inbound').length;
}
