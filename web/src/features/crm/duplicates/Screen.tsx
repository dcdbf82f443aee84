import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { Lead } from '@/api/schema';
import { useMay } from '@/app/me';
import { Needs } from '@/app/Needs';
import { Avatar } from '@/design/Avatar';
import { Button } from '@/design/Button';
import { Empty } from '@/design/Empty';
import { ErrorPanel } from '@/design/ErrorPanel';
import { LoadMore } from '@/design/LoadMore';
import { Page } from '@/design/Page';
import { Panel } from '@/design/Panel';
import { part } from '@/design/part';
import { Skeleton } from '@/design/Skeleton';
import css from '../lead/Lead.module.css';
import { useDismissDuplicate } from '../merges';
import { StageDot } from '../StageDot';
import { phoneOf } from '../stages';

const MergeDialog = part(() => import('../lead/MergeDialog').then(({ MergeDialog }) => MergeDialog));

function Pair({ one, other }: { one: Lead; other: Lead }) {
  const { t } = useTranslation(['crm', 'common']);
  const mayMerge = useMay('inbox:write');
  const [isOpen, setOpen] = useState(false);
  const dismiss = useDismissDuplicate();
  return (
    <Panel title={`${one.name} · ${other.name}`}>
      <ul className={css['items']}>
        {[one, other].map((lead) => (
          <li key={lead.id} className={css['itemHead']}>
            <Avatar name={lead.name} seed={lead.id} size="small" />
            <Link to="/leads/$leadId" params={{ leadId: lead.id }}>
              <bdi>{lead.name}</bdi>
            </Link>
            <span className={css['muted']}>{phoneOf(lead)}</span>
            <StageDot stage={lead.stage} />
            <span className={css['muted']}>{t(`common:stage.${lead.stage}`)}</span>
          </li>
        ))}
      </ul>
      {mayMerge && (
        <div className={css['itemHead']}>
          <Button look="primary" onPress={() => setOpen(true)}>
            {t('merge.action')}
          </Button>
          <Button
            isPending={dismiss.isPending}
            onPress={() => dismiss.mutate({ id: one.id, other: other.id })}
          >
            {t('merge.notSame')}
          </Button>
        </div>
      )}
      <Suspense>
        {isOpen && <MergeDialog lead={one} other={other.id} onClose={() => setOpen(false)} />}
      </Suspense>
    </Panel>
  );
}

function Pairs() {
  const { t } = useTranslation('crm');
  const pairs = useInfiniteQuery({
    queryKey: keys.possibleDuplicates,
    queryFn: ({ pageParam }) =>
      call(
        api.GET('/api/possible-duplicates', { params: { query: pageParam ? { cursor: pageParam } : {} } }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (pairs.isPending) return <Skeleton kind="card" count={3} />;
  if (!pairs.data) return <ErrorPanel error={pairs.error} onRetry={() => void pairs.refetch()} />;
  const items = pairs.data.pages.flatMap((page) => page.items);
  if (items.length === 0 && !pairs.hasNextPage)
    return (
      <Empty icon={<Users size={20} />} title={t('merge.noPairs')}>
        {t('merge.noPairsText')}
      </Empty>
    );
  return (
    <div className={css['side']}>
      {items.map(({ leads: [one, other] }) =>
        one && other ? <Pair key={one.id + other.id} one={one} other={other} /> : null,
      )}
      <LoadMore pages={pairs} />
    </div>
  );
}

/** Leads that may be the same person, in pairs: a person settles each. */
export function Screen() {
  const { t } = useTranslation('crm');
  return (
    <Page title={t('duplicates')} actions={<Link to="/leads">{t('allLeads')}</Link>}>
      <Needs permission="inbox:read">
        <Pairs />
      </Needs>
    </Page>
  );
}
