import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { changeConversation } from '@/api/cache';
import { keys } from '@/api/keys';
import type { Conversation, Stage } from '@/api/schema';
import { useMay, useMe } from '@/app/me';
import { Select } from '@/design/Select';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import css from './StageSelect.module.css';

const STAGES = [
  'New',
  'Incoming',
  'Contacted',
  'Qualified',
  'Proposal',
  'Negotiation',
  'Won',
  'Lost',
] as const;

function useStage(conversation: Conversation) {
  const { t } = useTranslation(['inbox', 'common']);
  const cache = useQueryClient();
  const me = useMe().id;
  const errorText = useErrorText();
  const { leadId } = conversation;
  return useMutation({
    mutationFn: (stage: Stage) =>
      call(api.PATCH('/api/leads/{id}', { params: { path: { id: leadId } }, body: { stage } })),
    onSuccess: ({ stage }) => {
      changeConversation(cache, conversation, me, (now) => ({ ...now, stage }));
      void cache.invalidateQueries({ queryKey: keys.lead(leadId) });
      void cache.invalidateQueries({ queryKey: keys.leadLists });
      showToast(t('contact.saved', { stage: t(`common:stage.${stage}`) }));
    },
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}

/** Where the lead stands in the sale, and a way to move it. */
export function StageSelect({ conversation, look }: { conversation: Conversation; look: 'quiet' | 'chip' }) {
  const { t } = useTranslation(['inbox', 'common']);
  const mayServe = useMay('inbox:write');
  const stage = useStage(conversation);
  const shown = stage.isPending ? stage.variables : (conversation.stage ?? 'New');
  return (
    <Select
      label={t('contact.stage')}
      hideLabel
      look={look}
      value={shown}
      isDisabled={!mayServe}
      options={STAGES.map((id) => ({
        id,
        label: t(`common:stage.${id}`),
        icon: <span className={css['dot']} data-stage={id} aria-hidden />,
      }))}
      onChange={(to) => to !== shown && stage.mutate(to)}
    />
  );
}
