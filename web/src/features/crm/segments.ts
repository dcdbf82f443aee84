/** Segments: saved filters of leads. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { NewSegmentBody, Segment, SegmentBody } from '@/api/schema';

export const segmentsQuery = queryOptions({
  queryKey: keys.segments,
  queryFn: () => call(api.GET('/api/segments')),
  staleTime: 60_000,
});

function useForget() {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: keys.segments });
}

/** Saves a filter. The key is that of one dialog, so that a repetition saves no second one. */
export function useSaveSegment(key: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: NewSegmentBody) =>
      call(api.POST('/api/segments', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSettled: forget,
  });
}

export function useChangeSegment(segment: Segment) {
  const forget = useForget();
  return useMutation({
    mutationFn: (body: SegmentBody) => {
      const params = { path: { id: segment.id }, header: { 'If-Match': `"${segment.revision}"` } };
      return call(api.PATCH('/api/segments/{id}', { params, body }));
    },
    onSettled: forget,
  });
}

export function useDeleteSegment(segment: Segment) {
  const forget = useForget();
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/segments/{id}', { params: { path: { id: segment.id } } })),
    onSettled: forget,
  });
}
