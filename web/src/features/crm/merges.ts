/** Two leads that are one person: merged, parted again, or settled as two. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

function useForget() {
  const cache = useQueryClient();
  return (...ids: string[]) => {
    for (const id of ids) void cache.invalidateQueries({ queryKey: keys.lead(id) });
    void cache.invalidateQueries({ queryKey: keys.leadLists });
    void cache.invalidateQueries({ queryKey: keys.conversationLists });
    return cache.invalidateQueries({ queryKey: keys.possibleDuplicates });
  };
}

/** What a merge would make of two leads. */
export function useMergePreview(id: string, other: string) {
  return useQuery({
    queryKey: keys.mergePreview(id, other),
    queryFn: () =>
      call(api.GET('/api/leads/{id}/merge-preview', { params: { path: { id }, query: { with: other } } })),
  });
}

export function useMerges(id: string) {
  return useQuery({
    queryKey: keys.merges(id),
    queryFn: () => call(api.GET('/api/leads/{id}/merges', { params: { path: { id } } })),
  });
}

export function useUndoMerge() {
  const { t } = useTranslation('crm');
  const forget = useForget();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: ({ lead, merge }: { lead: string; merge: string }) =>
      call(
        api.POST('/api/leads/{id}/merges/{mergeId}/undo', { params: { path: { id: lead, mergeId: merge } } }),
      ),
    onSuccess: ({ leadId, otherLeadId }) => {
      showToast(t('merge.undone'));
      return forget(leadId, otherLeadId);
    },
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}

/** Merges `other` into a lead as it was shown: if a colleague changed that first, nothing is merged. */
export function useMergeLeads(id: string) {
  const { t } = useTranslation(['crm', 'common']);
  const forget = useForget();
  const undo = useUndoMerge();
  return useMutation({
    mutationFn: ({ other, revision }: { other: string; revision: number }) => {
      const header = { 'If-Match': `"${revision}"` };
      const body = { with: other };
      return call(api.POST('/api/leads/{id}/merge', { params: { path: { id }, header }, body }));
    },
    onSuccess: (merge, { other }) => {
      const run = () => undo.mutate({ lead: id, merge: merge.id });
      showToast(t('merge.done'), { action: { label: t('common:undo'), run } });
      return forget(id, other);
    },
  });
}

export function useDismissDuplicate() {
  const { t } = useTranslation('crm');
  const forget = useForget();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: ({ id, other }: { id: string; other: string }) =>
      call(api.POST('/api/leads/{id}/not-duplicates', { params: { path: { id } }, body: { leadId: other } })),
    onSuccess: (_done, { id, other }) => {
      showToast(t('merge.dismissed'));
      return forget(id, other);
    },
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}
