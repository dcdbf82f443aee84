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
import type { Lead, Segment, Source, Stage } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import { useStageNames } from './pipelines';
import { placeLead } from './place';

const PAGE = 50;

/** Which leads a list shows. Without stages it shows those of all stages. */
export interface LeadFilter {
  stages: readonly Stage[];
  /** A user's ID, `me` or `none`. */
  owner?: string | undefined;
  source?: Source | undefined;
  tag?: string | undefined;
  /** A saved view: its filter holds too. */
  segment?: Segment | undefined;
}

/** The leads of a filter, the newest message first. */
export function useLeads(filter: LeadFilter) {
  const { stages, owner, source, tag, segment } = filter;
  const saved = segment && JSON.stringify(segment.filter);
  return useInfiniteQuery({
    queryKey: keys.leadList({ stages, owner, source, tag, saved }),
    queryFn: ({ pageParam }) => {
      const query = {
        limit: PAGE,
        ...(stages.length > 0 && { stage: [...stages] }),
        ...(owner && { owner }),
        ...(source && { source }),
        ...(tag && { tag }),
        ...(saved && { filter: saved }),
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
    const { stages, owner, source, tag, saved } = key[2] as LeadFilter & { saved?: string };
    const isPlain = !owner && !source && !tag && !saved;
    const isThere = data?.pages.some(({ items }) => items.some(({ id }) => id === lead.id));
    if (data && (isPlain || isThere)) cache.setQueryData(key, placeLead(data, lead, stages));
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
  const stageName = useStageNames();
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
      const text = t('moved', { name: lead.name, stage: stageName(to) });
      const run = () => move.mutate({ lead: moved, to: lead.stage, isUndo: true });
      showToast(text, isUndo ? {} : { action: { label: t('common:undo'), run } });
    },
    onSettled: (_moved, _error, { lead }) => {
      void cache.invalidateQueries({ queryKey: keys.lead(lead.id) });
      void cache.invalidateQueries({ queryKey: keys.allPipelineTotals });
      return cache.invalidateQueries({ queryKey: keys.leadLists });
    },
  });
  return move;
}
