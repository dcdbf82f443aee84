import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { settingsQuery } from '@/api/queries';
import type { operations } from '@/api/schema';
import { saveFile } from '@/app/saveFile';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { askedOf, type AuditSearch } from './search';

type Query = NonNullable<operations['listAuditEntries']['parameters']['query']>;

/** The API refuses words that it does not know, by their name. */
function useAsked(search: AuditSearch): { asked: Query; isReady: boolean } {
  const settings = useQuery(settingsQuery);
  return {
    asked: askedOf(search, settings.data?.timezone ?? 'UTC') as Query,
    isReady: !settings.isPending,
  };
}

export function useAudit(search: AuditSearch) {
  const { asked, isReady } = useAsked(search);
  return useInfiniteQuery({
    queryKey: keys.audit(asked),
    queryFn: ({ pageParam }) => {
      const query = { ...asked, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/audit', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: isReady,
    staleTime: 0,
  });
}

/** The same as a file for a spreadsheet. A plain link would carry no access token. */
export function useAuditFile(search: AuditSearch) {
  const { asked } = useAsked(search);
  const errorText = useErrorText();
  return useMutation({
    mutationFn: () => call(api.GET('/api/audit.csv', { params: { query: asked }, parseAs: 'blob' })),
    onSuccess: (file) => saveFile('audit.csv', new Blob([file], { type: 'text/csv' })),
    onError: (error) => {
      const { title, text } = errorText(error);
      showToast(text || title, { look: 'error' });
    },
  });
}
