/** The keys of the query cache. Everything the server knows lives under one of these, and nowhere else. */
import type { ConversationFilter } from './filter';

export const keys = {
  local: ['local'] as const,
  me: ['me'] as const,
  settings: ['settings'] as const,
  sessions: ['sessions'] as const,
  users: ['users'] as const,
  invitations: ['invitations'] as const,
  apiKeys: ['api-keys'] as const,
  channels: ['channels'] as const,
  notices: ['notices'] as const,
  parked: ['parked'] as const,
  parkedOne: (id: string) => ['parked', id] as const,
  audit: (filter: object) => ['audit', filter] as const,

  /** All lists of conversations; `conversationList` is one of them. */
  conversationLists: ['conversations', 'list'] as const,
  conversationList: (filter: ConversationFilter) => ['conversations', 'list', filter] as const,
  counts: ['conversations', 'counts'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
  rawMessage: (id: string) => ['raw-message', id] as const,
  /** What this tab sends and the API has not confirmed. */
  outgoing: (id: string) => ['outgoing', id] as const,
  typing: (id: string) => ['typing', id] as const,
  presence: (id: string) => ['presence', id] as const,

  leadLists: ['leads', 'list'] as const,
  leadList: (filter: object) => ['leads', 'list', filter] as const,
  lead: (id: string) => ['lead', id] as const,
};
