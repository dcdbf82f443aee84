/** Messages that are held for what they cost: approve their price, or cancel them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

interface Held {
  id: string;
  conversationId: string;
}

/** What is approved: the price that was shown, or that none is known. */
export const approvalOf = (amount: string | null) =>
  amount === null ? { acceptUnknownPrice: true } : { acceptUnknownPrice: false, maxPrice: amount };

export function useHeld({ id: messageId, conversationId: id }: Held, onDone?: () => void) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  const params = { path: { id, messageId } };
  const settle = {
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.heldMessages });
      void cache.invalidateQueries({ queryKey: keys.messages(id) });
      onDone?.();
    },
    onError: (error: unknown) => {
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
    },
  };
  const approve = useMutation({
    mutationFn: (amount: string | null) =>
      call(
        api.POST('/api/conversations/{id}/messages/{messageId}/approve', {
          params,
          body: approvalOf(amount),
        }),
      ),
    ...settle,
  });
  const cancel = useMutation({
    mutationFn: () => call(api.DELETE('/api/conversations/{id}/messages/{messageId}', { params })),
    ...settle,
  });
  return { approve, cancel };
}
