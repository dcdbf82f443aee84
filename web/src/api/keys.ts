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
  whatsappStatus: ['whatsapp-status'] as const,
  channelSignup: ['channel-signup'] as const,
  phoneSessions: ['phone-sessions'] as const,
  templates: ['templates'] as const,
  /** All lists of templates; `templateList` is one of them. */
  templateLists: ['templates', 'list'] as const,
  templateList: (filter: object) => ['templates', 'list', filter] as const,
  templateSync: ['templates', 'sync'] as const,
  channelSetup: (id: string) => ['channels', id, 'setup'] as const,
  channelProfile: (id: string) => ['channels', id, 'profile'] as const,
  notices: ['notices'] as const,
  parked: ['parked'] as const,
  parkedOne: (id: string) => ['parked', id] as const,
  costs: (month: string) => ['costs', month] as const,
  audit: (filter: object) => ['audit', filter] as const,
  report: (span: object) => ['report', span] as const,

  /** All lists of conversations; `conversationList` is one of them. */
  conversationLists: ['conversations', 'list'] as const,
  conversationList: (filter: ConversationFilter) => ['conversations', 'list', filter] as const,
  counts: ['conversations', 'counts'] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
  rawMessage: (id: string) => ['raw-message', id] as const,
  /** What this tab sends and the API has not confirmed. */
  outgoing: (id: string) => ['outgoing', id] as const,
  /** What messages cost in a conversation. */
  quote: (id: string) => ['quote', id] as const,
  typing: (id: string) => ['typing', id] as const,
  presence: (id: string) => ['presence', id] as const,

  leadLists: ['leads', 'list'] as const,
  leadList: (filter: object) => ['leads', 'list', filter] as const,
  consent: (id: string) => ['consent', id] as const,
  lead: (id: string) => ['lead', id] as const,
  leadTasks: (id: string) => ['lead', id, 'tasks'] as const,
  /** All lists of tasks; `taskList` is one of them. */
  taskLists: ['tasks'] as const,
  taskList: (filter: object) => ['tasks', filter] as const,
  search: (text: string) => ['search', text] as const,
};
