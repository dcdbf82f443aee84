import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Download, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { LeadWithHistory } from '@/api/schema';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { Button } from '@/design/Button';
import { Confirm } from '@/design/Confirm';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { kindPart } from '@/i18n/kindPart';
import { useDeleteLead } from '../change';
import { Block } from './Block';
import { Consent } from './Consent';
import { Conversations } from './Conversations';
import { Danger } from './Danger';
import { Deals } from './Deals';
import { Details } from './Details';
import { Duplicates } from './Duplicates';
import { Identities } from './Identities';
import { Identity } from './Identity';
import css from './Lead.module.css';
import { Merges } from './Merges';
import { Tasks } from './Tasks';
import { Timeline } from './Timeline';

const ExportDialog = kindPart(() => import('../bulk/ExportDialog').then(({ ExportDialog }) => ExportDialog));

/** The lead with its past. The page of the newest lines has the lead as it is now. */
function useLeadPages(id: string) {
  return useInfiniteQuery({
    queryKey: [...keys.lead(id), 'pages'],
    queryFn: ({ pageParam }) => {
      const query = pageParam ? { messagesCursor: pageParam } : {};
      return call(api.GET('/api/leads/{id}', { params: { path: { id }, query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.messagesCursor,
  });
}

function Delete({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation('crm');
  const mayDelete = useMay('leads:write');
  const [isOpen, setOpen] = useState(false);
  const { remove } = useDeleteLead();
  if (!mayDelete) return null;
  return (
    <div>
      <Button look="danger" icon={<Trash2 size={16} />} onPress={() => setOpen(true)}>
        {t('deleteLead')}
      </Button>
      {isOpen && (
        <Confirm
          title={t('deleteLead')}
          action={t('deleteLead')}
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(lead)}
          onClose={() => setOpen(false)}
        >
          {t('deleteText', { name: lead.name })}
        </Confirm>
      )}
    </div>
  );
}

function ExportLead({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const mayExport = useMay('leads:write');
  const [isOpen, setOpen] = useState(false);
  if (!mayExport) return null;
  return (
    <div>
      <Button icon={<Download size={16} />} onPress={() => setOpen(true)}>
        {t('export')}
      </Button>
      {isOpen && (
        <Suspense>
          <ExportDialog of={{ leadIds: [id] }} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Whole({ id }: { id: string }) {
  const pages = useLeadPages(id);
  const leads = pages.data?.pages ?? [];
  const [lead] = leads;
  if (pages.isPending) return <Skeleton kind="card" count={4} />;
  if (!lead) return <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} />;
  return (
    <div className={css['columns']}>
      <div className={css['side']}>
        <Identity lead={lead} />
        <Identities id={lead.id} />
        <Details lead={lead} />
        <Deals id={id} />
        <Consent id={lead.id} />
        <Block id={lead.id} />
        <Tasks id={id} />
        <Conversations ids={lead.conversations} />
        <Duplicates lead={lead} />
        <Merges lead={lead} />
        <ExportLead id={lead.id} />
        <Delete lead={lead} />
        <Danger lead={lead} />
      </div>
      <Timeline id={id} pages={pages} leads={leads} />
    </div>
  );
}

/** One lead: who they are, where they stand, what happened. */
export function Screen() {
  const { t } = useTranslation('crm');
  const { leadId } = useParams({ from: '/shell/leads/$leadId' });
  return (
    <Page title={t('lead')} actions={<Link to="/leads">{t('allLeads')}</Link>}>
      <Needs permission="inbox:read">
        <Whole key={leadId} id={leadId} />
      </Needs>
    </Page>
  );
}
