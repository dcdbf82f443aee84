/** The frames of the socket, as they come and go. A frame is a hint: what it says is read again later. */
import type { Conversation, Message, Stage } from './schema';

export interface Colleague {
  id: string;
  name: string;
}

export type ServerFrame =
  | { type: 'hello'; heartbeatSeconds: number }
  | { type: 'message'; conversationId: string; leadId: string; message: Message; conversation: Conversation }
  | { type: 'status'; conversationId: string; message: Message }
  | { type: 'conversation'; conversation: Conversation }
  /** It was given to somebody else, and may not be seen any longer. */
  | { type: 'hidden'; conversationId: string }
  | { type: 'lead'; leadId: string; stage: Stage }
  | { type: 'typing'; conversationId: string; user: Colleague }
  | { type: 'presence'; conversationId: string; users: Colleague[] }
  | { type: 'pong' }
  /** The last one: the server closes the socket. `code` is what a close code would say. */
  | { type: 'closing'; code: number };

export type ClientFrame =
  | { type: 'open'; conversationId: string | null }
  | { type: 'typing'; conversationId: string }
  | { type: 'ping' };

export function readFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
