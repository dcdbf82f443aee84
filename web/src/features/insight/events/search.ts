export const eventTabs = ['notices', 'parked'] as const;

/** Absent: notices. */
export interface EventsSearch {
  tab?: 'parked';
}

export function readEventsSearch(search: Record<string, unknown>): EventsSearch {
  return search['tab'] === 'parked' ? { tab: 'parked' } : {};
}
