/** The list's filter: as the address holds it, and as the API is asked. */
import type { ConversationFilter } from '@/api/filter';
import type { ConversationStatus } from '@/api/schema';

export const tabs = ['mine', 'unassigned', 'all'] as const;
export const statuses = ['open', 'pending', 'snoozed', 'closed', 'all'] as const;

export type Tab = (typeof tabs)[number];
export type Status = ConversationStatus | 'all';

/** What is absent has its usual value: `mine`, `open`, every number. */
export interface Filter {
  tab?: Tab | undefined;
  status?: Status | undefined;
  channel?: string | undefined;
  unread?: true | undefined;
  waiting?: true | undefined;
  /** Whose window closes within the next hours. */
  closing?: true | undefined;
}

/** So many hours before its window closes, a conversation that waits is urgent. */
export const CLOSING_HOURS = 4;

const one = <T extends string>(of: readonly T[], value: unknown): T | undefined =>
  of.find((other) => other === value);
const yes = (value: unknown): true | undefined => (value === true || value === 'true' ? true : undefined);

export function readFilter(search: Record<string, unknown>): Filter {
  const { tab, status, channel, unread, waiting, closing } = search;
  const read: Filter = {
    tab: one(tabs, tab),
    status: one(statuses, status),
    channel: typeof channel === 'string' ? channel : undefined,
    unread: yes(unread),
    waiting: yes(waiting),
    closing: yes(closing),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

export function askedOf(filter: Filter): ConversationFilter {
  const status = filter.status ?? 'open';
  const assignee = { mine: 'me', unassigned: 'unassigned', all: undefined }[filter.tab ?? 'mine'];
  return {
    status,
    ...(assignee && { assignee }),
    ...(filter.channel && { channelId: filter.channel }),
    ...(filter.unread && { unread: true }),
    ...(filter.waiting && { waiting: true }),
    // Only open conversations wait.
    ...(filter.closing && { closesWithin: CLOSING_HOURS, status: 'open' as const }),
  };
}
