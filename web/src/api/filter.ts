import type { operations } from './schema';

/** Which conversations a list holds. `assignee` is `me`, `unassigned` or a user's id. */
export type ConversationFilter = NonNullable<operations['listConversations']['parameters']['query']>;
