import type { operations } from './schema';

type Described = NonNullable<operations['conversationsList']['parameters']['query']>;

/** Which conversations a list holds. `assignee` is `me`, `unassigned` or a user's id. */
export type ConversationFilter = Omit<Described, 'assignee'> & { assignee?: string };
