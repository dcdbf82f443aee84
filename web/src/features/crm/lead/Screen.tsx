import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { Needs } from '@/app/Needs';
import { ErrorPanel } from '@/design/ErrorPanel';
import { Page } from '@/design/Page';
import { Skeleton } from '@/design/Skeleton';
import { Conversations } from './Conversations';
import { Duplicates } from './Duplicates';
import { Identity } from './Identity';
import css from './Lead.module.css';
import { Timeline } from './Timeline';

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
        <Conversations ids={lead.conversations} />
        <Duplicates lead={lead} />
      </div>
      <Timeline pages={pages} leads={leads} />
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
