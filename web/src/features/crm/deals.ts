/** Deals of leads: reads and changes. A column of a board of deals is the list of its stage. */
import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Deal, DealBody, NewDealBody, Stage } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

const PAGE = 50;

export function useLeadDeals(id: string) {
  return useQuery({
    queryKey: keys.leadDeals(id),
    queryFn: () => call(api.GET('/api/leads/{id}/deals', { params: { path: { id } } })),
  });
}

export function useDeals(pipelineId: string, stage: Stage) {
  return useInfiniteQuery({
    queryKey: keys.dealList({ pipelineId, stage }),
    queryFn: ({ pageParam }) => {
      const query = { pipelineId, stage: [stage], limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return call(api.GET('/api/deals', { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

function forget(cache: QueryClient, leadId: string): void {
  void cache.invalidateQueries({ queryKey: keys.lead(leadId) });
  void cache.invalidateQueries({ queryKey: keys.leadLists });
  void cache.invalidateQueries({ queryKey: keys.dealLists });
  void cache.invalidateQueries({ queryKey: keys.allPipelineTotals });
}

/** Creates a deal. The key is that of one dialog, so that a repetition creates no second deal. */
export function useCreateDeal(leadId: string, key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDealBody) => {
      const params = { path: { id: leadId }, header: { 'Idempotency-Key': key } };
      return call(api.POST('/api/leads/{id}/deals', { params, body }));
    },
    onSuccess: () => forget(cache, leadId),
  });
}

/** Edits a deal as it was read: if a colleague changed it first, nothing is overwritten and it is read again. */
export function useChangeDeal(deal: Deal) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: DealBody) => {
      const params = { path: { id: deal.id }, header: { 'If-Match': `"${deal.revision}"` } };
      return call(api.PATCH('/api/deals/{id}', { params, body }));
    },
    onSettled: () => forget(cache, deal.leadId),
  });
}

/** Moves a deal to another stage, and offers to take it back. */
export function useMoveDeal() {
  const { t } = useTranslation(['crm', 'common']);
  const cache = useQueryClient();
  const errorText = useErrorText();
  const move = useMutation({
    mutationFn: ({ deal, to }: { deal: Deal; to: Stage; name: string; isUndo?: boolean }) =>
      call(api.PATCH('/api/deals/{id}', { params: { path: { id: deal.id } }, body: { stage: to } })),
    onError: (error, { deal }) => {
      const { title, text } = errorText(error);
      showToast(`${t('moveFailed', { name: deal.title })} ${text || title}`, { look: 'error' });
    },
    onSuccess: (moved, { deal, name, isUndo }) => {
      const run = () => move.mutate({ deal: moved, to: deal.stage, name: deal.title, isUndo: true });
      const text = t('moved', { name: deal.title, stage: name });
      showToast(text, isUndo ? {} : { action: { label: t('common:undo'), run } });
    },
    onSettled: (_moved, _error, { deal }) => forget(cache, deal.leadId),
  });
  return move;
}

export function useDeleteDeal(deal: Deal) {
  const cache = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/deals/{id}', { params: { path: { id: deal.id } } })),
    onSuccess: () => forget(cache, deal.leadId),
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}
