import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { keys } from '@/api/keys';
import { Avatar } from '@/design/Avatar';
import css from './Contact.module.css';

/** Other leads that may be the same person, with a way to each. */
export function Duplicates({ leads }: { leads: readonly string[] }) {
  const { t } = useTranslation(['inbox', 'common']);
  const others = useQueries({
    queries: leads.map((id) => ({
      queryKey: keys.lead(id),
      queryFn: () => call(api.GET('/api/leads/{id}', { params: { path: { id } } })),
    })),
    combine: (reads) => reads.flatMap(({ data }) => data ?? []),
  });
  if (others.length === 0) return null;
  return (
    <section className={css['section']}>
      <h3>{t('contact.duplicates')}</h3>
      <ul>
        {others.map(({ id, name, phone, phoneMasked, stage }) => (
          <li key={id} className={css['duplicate']}>
            <Avatar name={name} seed={id} size="small" />
            <div>
              <Link to="/leads/$leadId" params={{ leadId: id }}>
                <bdi>{name}</bdi>
              </Link>
              <p className={css['phone']}>
                {phone ?? phoneMasked ?? t('contact.noPhone')} · {t(`common:stage.${stage}`)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
