/** The query cache: the one place where the server's state lives. */
import { QueryClient } from '@tanstack/react-query';
import { watchReads } from '@/api/changes';
import { toApiError } from '@/api/problem';

const TRIES = 3;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // The socket's events and the live reads decide when to read again.
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < TRIES && toApiError(error).isRetryable,
    },
    mutations: { retry: false },
  },
});

watchReads(queryClient);
