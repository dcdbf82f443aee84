/** Where a stored file is read from, and what happens where it cannot be. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { putMessage } from '@/api/cache';
import type { Message } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { asKind, asMessage, type MediaView } from '../kinds';
import { localAddress } from '../localFiles';
import { readMedia, refetchMedia } from '../mediaApi';

/** The link of a file works for an hour: the first failure fetches a new one, a second shows. */
export function useFile(media: MediaView) {
  const [failures, setFailures] = useState(0);
  const local = localAddress(media.id);
  const fresh = useQuery({
    queryKey: ['media', media.id],
    queryFn: () => readMedia(media.id),
    enabled: failures === 1,
    staleTime: 0,
    retry: 1,
  });
  const read = failures > 0 ? fresh.data : undefined;
  const { refetch } = fresh;
  return {
    url: local ?? read?.url ?? media.url,
    thumbnailUrl: local ?? read?.thumbnailUrl ?? media.thumbnailUrl,
    isGone: failures > 1 || fresh.isError,
    onError: () => setFailures((count) => count + 1),
    again: () => {
      setFailures(1);
      void refetch();
    },
  };
}

/** Has the customer's file fetched from WhatsApp once more. */
export function useRefetch(message: Message, media: MediaView) {
  const { t } = useTranslation('kinds');
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: () => refetchMedia(media.id),
    onSuccess: () => {
      const pending: MediaView = { ...media, state: 'pending', error: null };
      putMessage(cache, asMessage({ ...asKind(message), media: pending }));
      showToast(t('media.retrying'));
    },
    onError: (error) => {
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
    },
  });
}
