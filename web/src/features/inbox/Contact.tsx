import { useQuery } from '@tanstack/react-query';
import { Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Conversation } from '@/api/schema';
import { useFormats } from '@/app/useFormats';
import { Avatar } from '@/design/Avatar';
import { ErrorPanel } from '@/design/ErrorPanel';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import { withWords } from '@/i18n/i18n';
import css from './Contact.module.css';
import { Duplicates } from './Duplicates';
import { StageSelect } from './StageSelect';
import { TimelineIcon } from './TimelineIcon';
import { WindowChip } from './WindowChip';

const LeadFields = part(withWords(() => import('./LeadFields').then(({ LeadFields }) => LeadFields), 'crm'));
const Notes = part(() => import('./Notes').then(({ Notes }) => Notes));

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
  const { leadId, name, phone, phoneMasked } = conversation;
  const lead = useQuery({
    queryKey: keys.lead(leadId),
    queryFn: () => call(api.GET('/api/leads/{id}', { params: { path: { id: leadId } } })),
  });

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
          <StageSelect conversation={conversation} look="chip" />
        </Fact>
        {conversation.assignee && <Fact name={t('contact.owner')}>{conversation.assignee.name}</Fact>}
        {lead.data?.username && <Fact name={t('contact.username')}>@{lead.data.username}</Fact>}
        {lead.data && <Fact name={t('contact.source')}>{lead.data.source}</Fact>}
        {lead.data && <Fact name={t('contact.since')}>{day(lead.data.createdAt)}</Fact>}
        <Fact name="WhatsApp">
          <WindowChip until={conversation.windowUntil} now={now} />
        </Fact>
      </dl>
      <Suspense>{lead.data && <LeadFields values={lead.data.fields} />}</Suspense>
      {lead.data && <Duplicates leads={lead.data.possibleDuplicates} />}
      <Suspense>{lead.data && <Notes leadId={leadId} timeline={lead.data.timeline} />}</Suspense>
      <section className={css['section']}>
        <h3>{t('contact.timeline')}</h3>
        {lead.isPending && <Skeleton count={4} />}
        {lead.error && !lead.data && <ErrorPanel error={lead.error} onRetry={() => void lead.refetch()} />}
        <ol>
          {lead.data?.timeline.map((line) => (
            <li key={line.id} className={css['event']}>
              <TimelineIcon type={line.type} />
              <div>
                <bdi className={css['what']}>{line.description}</bdi>
                <time dateTime={line.at} title={exact(line.at)}>
                  {brief(line.at, now)}
                </time>
              </div>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
