import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';

interface Change {
  accessToken?: string;
  readReceipts?: boolean;
}

/** Changes a number, and reads all of them again. */
export function useChangeChannel(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) => call(api.PATCH('/api/channels/{id}', { params: { path: { id } }, body })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.channels }),
  });
}
