import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { useFormats } from '@/app/useFormats';
import { Fact, Facts, Panel } from '@/design/Panel';
import css from './Lead.module.css';

/** Every way to recognise the lead, also former ones. */
export function Identities({ id }: { id: string }) {
  const { t } = useTranslation('crm');
  const { day } = useFormats();
  const { data } = useQuery({
    queryKey: keys.identities(id),
    queryFn: () => call(api.GET('/api/leads/{id}/identities', { params: { path: { id } } })),
  });
  // One identity is shown above already.
  if (!data || data.items.length < 2) return null;
  return (
    <Panel title={t('identities.title')}>
      <Facts>
        {data.items.map(({ kind, value, since, current }) => (
          <Fact key={`${kind} ${value}`} name={t(`identities.kind.${kind}`)}>
            <bdi>{value}</bdi>{' '}
            <span className={css['muted']}>
              {since !== null && t('identities.since', { day: day(since) })}
              {!current && ` · ${t('identities.former')}`}
            </span>
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}
