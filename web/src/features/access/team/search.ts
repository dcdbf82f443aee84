export const teamTabs = ['people', 'invitations', 'keys', 'webhooks'] as const;
export type TeamTab = (typeof teamTabs)[number];

/** Absent: people. */
export interface TeamSearch {
  tab?: TeamTab;
}

export function readTeamSearch(search: Record<string, unknown>): TeamSearch {
  const tab = teamTabs.find((one) => one === search['tab']);
  return tab && tab !== 'people' ? { tab } : {};
}
