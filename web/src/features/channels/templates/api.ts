/** The calls about templates. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { NewTemplate, TemplateChange, TemplateStatus } from '@/api/schema';

export interface TemplateFilter {
  name?: string;
  status?: TemplateStatus;
  channelId?: string;
}

const MOVING: ReadonlySet<TemplateStatus> = new Set(['submitting', 'deleting', 'pending_deletion']);
const LOOK_AT_MOVING = 3_000;

/** While a sync runs, the console looks this often. */
const LOOK_AGAIN = 1_000;

export const templatesQuery = (filter: TemplateFilter) =>
  infiniteQueryOptions({
    queryKey: keys.templateList(filter),
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/templates', {
          params: { query: { ...filter, limit: 50, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 30_000,
    // What is on its way to WhatsApp changes by itself.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) =>
        items.some(({ status, editing }) => editing || MOVING.has(status)),
      )
        ? LOOK_AT_MOVING
        : false,
  });

export const syncQuery = queryOptions({
  queryKey: keys.templateSync,
  queryFn: () => call(api.GET('/api/templates/sync')),
  refetchInterval: ({ state }) =>
    state.data?.items.some((one) => one.state === 'running') ? LOOK_AGAIN : false,
});

const readAgain = (cache: QueryClient) => cache.invalidateQueries({ queryKey: keys.templates });

export function useSync() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST('/api/templates/sync')),
    onSuccess: (begun) => cache.setQueryData(keys.templateSync, begun),
  });
}

export function useCreateTemplate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTemplate) => call(api.POST('/api/templates', { body })),
    onSuccess: () => readAgain(cache),
  });
}

export function useChangeTemplate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: TemplateChange }) =>
      call(api.PATCH('/api/templates/{id}', { params: { path: { id } }, body })),
    onSuccess: () => readAgain(cache),
  });
}

export function useDeleteTemplate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(api.DELETE('/api/templates/{id}', { params: { path: { id } } })),
    onSettled: () => readAgain(cache),
  });
}
