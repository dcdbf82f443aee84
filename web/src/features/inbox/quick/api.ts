/** The calls about quick replies. */
import { queryOptions, useMutation } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { FilledQuickReply, QuickReply, QuickReplyBody } from '@/api/schema';
import { queryClient } from '@/app/query-client';
import type { Sendable } from '../kinds';

export const quickRepliesQuery = queryOptions({
  queryKey: keys.quickReplies,
  queryFn: () => call(api.GET('/api/quick-replies')),
  staleTime: 60_000,
});

const refresh = () => void queryClient.invalidateQueries({ queryKey: keys.quickReplies });

/** Creates a quick reply, or changes the one that is given. */
export const useSave = (reply: QuickReply | null) =>
  useMutation({
    mutationFn: (body: QuickReplyBody) =>
      reply
        ? call(
            api.PATCH('/api/quick-replies/{id}', {
              params: { path: { id: reply.id }, header: { 'If-Match': `"${reply.revision}"` } },
              body,
            }),
          )
        : call(api.POST('/api/quick-replies', { body })),
    onSettled: refresh,
  });

export const useRemove = () =>
  useMutation({
    mutationFn: (id: string) => call(api.DELETE('/api/quick-replies/{id}', { params: { path: { id } } })),
    onSettled: refresh,
  });

export const fill = (id: string, conversationId: string): Promise<FilledQuickReply> =>
  call(api.GET('/api/quick-replies/{id}/filled', { params: { path: { id }, query: { conversationId } } }));

/** The message that sends a file with its text; null of a file that no message carries. */
export function withFile({ text, media }: FilledQuickReply): Sendable | null {
  if (!media) return null;
  const mediaId = media.id;
  const [kind] = media.mimeType.split('/');
  if (media.mimeType === 'image/webp') return { type: 'sticker', sticker: { mediaId } };
  if (kind === 'image') return { type: 'image', image: { mediaId, caption: text } };
  if (kind === 'video') return { type: 'video', video: { mediaId, caption: text } };
  if (kind === 'audio') return { type: 'audio', audio: { mediaId } };
  return { type: 'document', document: { mediaId, caption: text } };
}
