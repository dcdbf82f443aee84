import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { putMessage } from '@/api/cache';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Pages } from '@/api/pages';
import { toApiError } from '@/api/problem';
import type { Message } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { asBody, asKind, asMessage } from './kinds';

interface Reaction {
  /** Null takes it back. */
  emoji: string | null;
  /** Under which it is sent, once, however often it is tried. */
  key: string;
}

function withOwn(message: Message, emoji: string | null): Message {
  const changed = { ...asKind(message) };
  if (emoji === null) delete changed.ownReaction;
  else changed.ownReaction = emoji;
  return asMessage(changed);
}

/** Puts the business's reaction to a message: it stands at once, and goes away again if it was refused. */
export function useReact({ id, conversationId, ...message }: Message) {
  const { t } = useTranslation('inbox');
  const cache = useQueryClient();
  const errorText = useErrorText();
  const before = asKind({ id, conversationId, ...message }).ownReaction ?? null;
  const show = (emoji: string | null) => {
    const pages = cache.getQueryData<Pages<Message>>(keys.messages(conversationId))?.pages ?? [];
    const current = pages.flatMap(({ items }) => items).find((one) => one.id === id);
    if (current) putMessage(cache, withOwn(current, emoji));
  };
  const { mutate } = useMutation<unknown, Error, Reaction>({
    scope: { id: `react ${id}` },
    mutationFn: ({ emoji, key }) => {
      const reaction = asBody({ type: 'reaction', reaction: { messageId: id, emoji } });
      return call(
        api.POST('/api/messages', {
          params: { header: { 'Idempotency-Key': key } },
          body: { conversationId, ...reaction },
        }),
      );
    },
    retry: (failures, error) => failures < 3 && toApiError(error).isRetryable,
    onMutate: ({ emoji }) => show(emoji),
    onError: (error) => {
      show(before);
      const { title, text } = errorText(error);
      showToast(`${t('message.reactionFailed')} ${text || title}`, { look: 'error' });
    },
  });
  return (emoji: string | null) => mutate({ emoji, key: crypto.randomUUID() });
}
