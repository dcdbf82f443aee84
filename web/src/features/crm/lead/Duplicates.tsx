import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import type { LeadWithHistory } from '@/api/schema';
import { Avatar } from '@/design/Avatar';
import { Panel } from '@/design/Panel';
import { StageDot } from '../StageDot';
import { phoneOf } from '../stages';
import css from './Lead.module.css';

/** Other leads that may be the same person. */
export function Duplicates({ lead }: { lead: LeadWithHistory }) {
  const { t } = useTranslation(['crm', 'common']);
  const reads = useQueries({
    queries: lead.possibleDuplicates.map((id) => ({
      queryKey: keys.lead(id),
      queryFn: () => call(api.GET('/api/leads/{id}', { params: { path: { id } } })),
    })),
  });
  if (lead.possibleDuplicates.length === 0) return null;
  const others = reads.flatMap(({ data }) => (data ? [data] : []));
  return (
    <Panel title={t('duplicates')} text={t('duplicatesText')}>
      <ul className={css['items']}>
        {others.map((other) => (
          <li key={other.id} className={css['itemHead']}>
            <Avatar name={other.name} seed={other.id} size="small" />
            <Link to="/leads/$leadId" params={{ leadId: other.id }}>
              <bdi>{other.name}</bdi>
            </Link>
            <span className={css['muted']}>{phoneOf(other)}</span>
            <StageDot stage={other.stage} />
            <span className={css['muted']}>{t(`common:stage.${other.stage}`)}</span>
          </li>
        ))}
      </ul>
      <Link to="/possible-duplicates">{t('merge.settle')}</Link>
    </Panel>
  );
}
