/** Changes of leads besides their stage: create, edit, delete and restore. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { toApiError } from '@/api/problem';
import type { Lead, LeadBody } from '@/api/schema';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';

function forget(cache: QueryClient, id: string): void {
  void cache.invalidateQueries({ queryKey: keys.lead(id) });
  void cache.invalidateQueries({ queryKey: keys.leadLists });
  void cache.invalidateQueries({ queryKey: keys.conversationLists });
}

/** Creates a lead. The key is that of one dialog, so that a repetition creates no second lead. */
export function useCreateLead(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: LeadBody) =>
      call(api.POST('/api/leads', { params: { header: { 'Idempotency-Key': key } }, body })),
    onSuccess: ({ id }) => forget(cache, id),
  });
}

/** Edits a lead as it was read: if a colleague changed it first, nothing is overwritten and it is read again. */
export function useChangeLead(lead: Pick<Lead, 'id' | 'revision'>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: LeadBody) => {
      const header = { 'If-Match': `"${lead.revision}"` };
      return call(api.PATCH('/api/leads/{id}', { params: { path: { id: lead.id }, header }, body }));
    },
    onSettled: () => forget(cache, lead.id),
  });
}

/** Deletes a lead; the toast restores it. */
export function useDeleteLead() {
  const { t } = useTranslation(['crm', 'common']);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const restore = useMutation({
    mutationFn: (id: string) => call(api.POST('/api/leads/{id}/restore', { params: { path: { id } } })),
    onSuccess: ({ id, name }) => {
      forget(cache, id);
      showToast(t('restored', { name }));
    },
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
  const remove = useMutation({
    mutationFn: ({ id }: Lead) => call(api.DELETE('/api/leads/{id}', { params: { path: { id } } })),
    onSuccess: async (_done, { id, name }) => {
      await navigate({ to: '/leads' });
      forget(cache, id);
      showToast(t('deleted', { name }), {
        action: { label: t('common:undo'), run: () => restore.mutate(id) },
      });
    },
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
  return { remove, restore };
}

/** The lead that stands in the way of a new one, if the API names it. */
export function existingLead(error: unknown): string | null {
  return error === null ? null : toApiError(error).leadId;
}
