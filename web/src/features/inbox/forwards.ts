/** What forwards a message: the same content as a new message. Pure. */
import type { Conversation, Message } from '@/api/schema';
import { asKind, type MediaView, type Sendable } from './kinds';
import { sendAgain } from './resends';

/** To so many conversations at once. */
export const MOST_TARGETS = 5;

export interface Forwarded {
  content: Sendable;
  /** The file of it, which stands in the bucket. */
  media: MediaView | undefined;
}

/** Null where it cannot be forwarded: what is withdrawn, only an answer, or has no file that stands. */
export function forwardOf(message: Message): Forwarded | null {
  const { edited } = message;
  const { media } = asKind(message);
  const content = message.revoked ? null : sendAgain(asKind(message));
  if (!content || (media && media.state !== 'stored')) return null;
  const isWords = content.type === 'text' && edited !== undefined && edited !== '';
  return { content: isWords ? { type: 'text', text: edited } : content, media };
}

/** As they stand in the thread, whatever order they were selected in. */
export const inOrder = (messages: Iterable<Message>): Message[] =>
  [...messages].sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));

export const isWindowOpen = ({ windowUntil }: Conversation, now: number): boolean =>
  windowUntil !== null && Date.parse(windowUntil) > now;

/** The conversations whose name or number has these letters. */
export function found(conversations: readonly Conversation[], search: string): Conversation[] {
  const words = search.trim().toLowerCase();
  const digits = words.replace(/[\s()+-]/g, '');
  return conversations.filter(({ name, phone }) => {
    if (name.toLowerCase().includes(words)) return true;
    return /^\d+$/.test(digits) && (phone ?? '').replace(/\D/g, '').includes(digits);
  });
}
