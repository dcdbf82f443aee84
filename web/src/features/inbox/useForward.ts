import { useQueryClient } from '@tanstack/react-query';
import type { Message } from '@/api/schema';
import { useMe } from '@/app/me';
import { forwardOf } from './forwards';
import { sendInto } from './outgoing';

/** Sends the same content into each conversation, in the messages' order; each is a send of its own. */
export function useForward() {
  const cache = useQueryClient();
  const user = useMe().id;
  return (messages: readonly Message[], conversations: readonly string[]): void => {
    const contents = messages.map(forwardOf).filter((one) => one !== null);
    for (const id of conversations) {
      for (const { content, media } of contents) sendInto({ cache, user, id }, content, { media });
    }
  };
}
