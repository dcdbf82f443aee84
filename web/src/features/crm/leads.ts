/** Reads and changes of leads. A list of the board is the list of its stage. */
import {
  useInfiniteQuery,
  useMutation,
  useQueryClient,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Pages } from '@/api/pages';
import type { Lead, Stage } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { placeLead } from './place';

const PAGE = 50;

/** The leads of some stages, the newest message first; of all stages if none is named. */
export function useLeads(stages: readonly Stage[]) {
  return useInfiniteQuery({
    queryKey: keys.leadList({ stages }),
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE,
        ...(stages.length > 0 && { stage: [...stages] }),
        ...(pageParam && { cursor: pageParam }),
      };
      return call(api.GET('/api/leads', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

interface Move {
  lead: Lead;
  to: Stage;
  /** The move takes an earlier one back: it offers no undo of its own. */
  isUndo?: boolean;
}

type Kept = [QueryKey, Pages<Lead> | undefined][];

function put(cache: QueryClient, lead: Lead): void {
  for (const [key, data] of cache.getQueriesData<Pages<Lead>>({ queryKey: keys.leadLists })) {
    const { stages } = key[2] as { stages: readonly Stage[] };
    if (data) cache.setQueryData(key, placeLead(data, lead, stages));
  }
  cache.setQueriesData<Pages<Lead>>({ queryKey: [...keys.lead(lead.id), 'pages'] }, (data) =>
    data ? { ...data, pages: data.pages.map((page) => ({ ...page, stage: lead.stage })) } : data,
  );
}

/** Moves a lead to another stage: it stands there at once, goes back if the API refuses, and can be undone. */
export function useMoveLead() {
  const { t } = useTranslation(['crm', 'common']);
  const cache = useQueryClient();
  const errorText = useErrorText();
  const move = useMutation({
    mutationFn: ({ lead, to }: Move) =>
      call(api.PATCH('/api/leads/{id}', { params: { path: { id: lead.id } }, body: { stage: to } })),
    onMutate: async ({ lead, to }): Promise<Kept> => {
      await cache.cancelQueries({ queryKey: keys.leadLists });
      const kept = cache.getQueriesData<Pages<Lead>>({ queryKey: keys.leadLists });
      put(cache, { ...lead, stage: to });
      return kept;
    },
    onError: (error, { lead }, kept) => {
      kept?.forEach(([key, data]) => cache.setQueryData(key, data));
      put(cache, lead);
      const { title, text } = errorText(error);
      showToast(`${t('moveFailed', { name: lead.name })} ${text || title}`, { look: 'error' });
    },
    onSuccess: (moved, { lead, to, isUndo }) => {
      const text = t('moved', { name: lead.name, stage: t(`common:stage.${to}`) });
      const run = () => move.mutate({ lead: moved, to: lead.stage, isUndo: true });
      showToast(text, isUndo ? {} : { action: { label: t('common:undo'), run } });
    },
    onSettled: (_moved, _error, { lead }) => {
      void cache.invalidateQueries({ queryKey: keys.lead(lead.id) });
      return cache.invalidateQueries({ queryKey: keys.leadLists });
    },
  });
  return move;
}
