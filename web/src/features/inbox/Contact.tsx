import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Conversation } from '@/api/pending';
import type { Stage } from '@/api/schema';
import { useMay } from '@/app/me';
import { useFormats } from '@/app/useFormats';
import { Avatar } from '@/design/Avatar';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Select } from '@/design/Select';
import { Skeleton } from '@/design/Skeleton';
import { showToast } from '@/design/toasts';
import { useErrorText } from '@/design/useErrorText';
import css from './Contact.module.css';
import { WindowChip } from './WindowChip';

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
  const errorText = useErrorText();
  const { id, leadId } = conversation;
  return useMutation({
    mutationFn: (stage: Stage) =>
      call(api.PATCH('/api/leads/{id}', { params: { path: { id: leadId } }, body: { stage } })),
    onSuccess: ({ stage }) => {
      cache.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, stage });
      void cache.invalidateQueries({ queryKey: keys.lead(leadId) });
      showToast(t('contact.saved', { stage: t(`common:stage.${stage}`) }));
    },
    onError: (error) => showToast(errorText(error).text, { look: 'error' }),
  });
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who the customer is: identity, stage, and what happened. */
export function Contact({ conversation, now }: { conversation: Conversation; now: number }) {
  const { t } = useTranslation(['inbox', 'common']);
  const { day, brief, exact } = useFormats();
  const mayServe = useMay('inbox:write');
  const { leadId, name, phone, phoneMasked } = conversation;
  const lead = useQuery({
    queryKey: keys.lead(leadId),
    queryFn: () => call(api.GET('/api/leads/{id}', { params: { path: { id: leadId } } })),
  });
  const stage = useStage(conversation);
  const shownStage = stage.isPending ? stage.variables : (lead.data?.stage ?? conversation.stage ?? 'New');

  return (
    <div className={css['contact']}>
      <header className={css['who']}>
        <Avatar name={name} seed={leadId} size="large" />
        <div>
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p className={css['phone']}>{phone ?? phoneMasked ?? t('contact.noPhone')}</p>
        </div>
      </header>
      <dl className={css['facts']}>
        <Fact name={t('contact.stage')}>
          <Select
            label={t('contact.stage')}
            hideLabel
            look="chip"
            value={shownStage}
            isDisabled={!mayServe}
            options={STAGES.map((id) => ({ id, label: t(`common:stage.${id}`) }))}
            onChange={(to) => to !== shownStage && stage.mutate(to)}
          />
        </Fact>
        {conversation.assignee && <Fact name={t('contact.owner')}>{conversation.assignee.name}</Fact>}
        {lead.data?.username && <Fact name={t('contact.username')}>@{lead.data.username}</Fact>}
        {lead.data && <Fact name={t('contact.source')}>{lead.data.source}</Fact>}
        {lead.data && <Fact name={t('contact.since')}>{day(lead.data.createdAt)}</Fact>}
        <Fact name="WhatsApp">
          <WindowChip until={conversation.windowUntil} now={now} />
        </Fact>
      </dl>
      <section className={css['timeline']}>
        <h3>{t('contact.timeline')}</h3>
        {lead.isPending && <Skeleton count={4} />}
        {lead.error && !lead.data && <ErrorPanel error={lead.error} onRetry={() => void lead.refetch()} />}
        <ol>
          {lead.data?.timeline.map((line) => (
            <li key={line.id} className={css['event']}>
              <bdi>{line.description}</bdi>
              <time dateTime={line.at} title={exact(line.at)}>
                {brief(line.at, now)}
              </time>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
