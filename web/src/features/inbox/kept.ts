/** What a person sent and the API has not accepted yet, in the browser's storage. */
import type { Sendable } from './kinds';
import type { Agreed } from './quotes';
import type { Later } from './SendLater';

export interface Kept {
  conversationId: string;
  key: string;
  text: string;
  replyTo: string | null;
  at: string;
  content?: Sendable | undefined;
  retryOf?: string | undefined;
  agreed?: Agreed | undefined;
  later?: Later | undefined;
}

const name = (user: string) => `leadwire-outgoing-${user}`;

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  'conversationId' in value &&
  'text' in value;

export function keptOutgoing(user: string): Kept[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(name(user)) ?? '[]');
    return Array.isArray(read) ? read.filter(isKept) : [];
  } catch {
    return [];
  }
}

function write(user: string, list: Kept[]): void {
  if (list.length === 0) localStorage.removeItem(name(user));
  else localStorage.setItem(name(user), JSON.stringify(list));
}

export function keepOutgoing(user: string, one: Kept): void {
  write(user, [...keptOutgoing(user), one]);
}

export function forgetOutgoing(user: string, key: string): void {
  write(
    user,
    keptOutgoing(user).filter((one) => one.key !== key),
  );
}
